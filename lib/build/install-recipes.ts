/**
 * Flags and managed policies of a kiosk's browser, ready to copy (kiosk.md §5). None of them makes a window private or
 * clears data: {@link FORBIDDEN} names those that would, and a test reads the built page for them.
 */

/** Stands for the kiosk's address; the page puts its own origin there. */
export const SAMPLE_ORIGIN = 'https://kiosk.example.gov.vn';
const PAGE = `${SAMPLE_ORIGIN}/kiosk/`;

/** What must never stand in a recipe: each loses ratings that were not sent. */
export const FORBIDDEN = [
  '--incognito',
  '--guest',
  '--inprivate',
  '--edge-kiosk-type',
  'ForceEphemeralProfiles',
  'ClearBrowsingDataOnExit',
  'BrowsingDataLifetime',
] as const;

const FLAGS = [
  '--no-first-run',
  '--no-default-browser-check',
  '--noerrdialogs',
  '--disable-session-crashed-bubble',
  '--disable-features=Translate',
  '--disable-pinch',
  '--overscroll-history-navigation=0',
  '--autoplay-policy=no-user-gesture-required',
] as const;

/** Managed policies of Chrome and Chromium. */
export const POLICIES = {
  URLBlocklist: ['*'],
  URLAllowlist: [SAMPLE_ORIGIN, 'chrome://policy'],
  WebAppInstallForceList: [{ url: PAGE, default_launch_container: 'window', create_desktop_shortcut: true }],
  AudioCaptureAllowedUrls: [SAMPLE_ORIGIN],
  AutoplayAllowlist: [SAMPLE_ORIGIN],
  IncognitoModeAvailability: 1,
  BrowserGuestModeEnabled: false,
  BrowserAddPersonEnabled: false,
  BrowserSignin: 0,
  DeveloperToolsAvailability: 2,
  PasswordManagerEnabled: false,
  AutofillAddressEnabled: false,
  AutofillCreditCardEnabled: false,
  TranslateEnabled: false,
  DefaultNotificationsSetting: 2,
  DefaultCookiesSetting: 1,
  MetricsReportingEnabled: false,
} as const;

/** The policy file of Linux. */
export function linuxPolicies(): string {
  return JSON.stringify(POLICIES, null, 2);
}

/** The same policies as a registry file of Windows. */
export function windowsPolicies(): string {
  const root = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Google\\Chrome';
  const values: string[] = [];
  const lists: string[] = [];
  for (const [name, value] of Object.entries(POLICIES)) {
    if (typeof value === 'number' || typeof value === 'boolean') {
      values.push(`"${name}"=dword:${Number(value).toString(16).padStart(8, '0')}`);
    } else if (value.every((one) => typeof one === 'string')) {
      lists.push(`[${root}\\${name}]`, ...value.map((one, at) => `"${at + 1}"="${one}"`), '');
    } else {
      values.push(`"${name}"="${JSON.stringify(value).replaceAll('"', '\\"')}"`);
    }
  }
  return ['Windows Registry Editor Version 5.00', '', `[${root}]`, ...values, '', ...lists]
    .join('\n')
    .trimEnd();
}

export const RECIPES = {
  linuxStart: `chromium --kiosk ${FLAGS.join(' \\\n  ')} \\\n  ${PAGE}`,
  windowsStart: `"C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe" --kiosk ${FLAGS.join(' ')} ${PAGE}`,
  windowsEdge: `"C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe" --app=${PAGE} --start-fullscreen ${FLAGS.join(' ')}`,
  windowsPower: [
    'powercfg /change standby-timeout-ac 0',
    'powercfg /change monitor-timeout-ac 0',
    'powercfg /change hibernate-timeout-ac 0',
    'reg add "HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\EdgeUI" /v AllowEdgeSwipe /t REG_DWORD /d 0 /f',
  ].join('\n'),
} as const;
