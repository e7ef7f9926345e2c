import type { vi } from './vi.ts';

export const en: Record<keyof typeof vi, string> = {
  title: 'Installing the rating device',
  lead: 'For technical staff. About 20 minutes per device. This page can be printed.',
  back: 'Back to the rating screen',
  other: 'Bản tiếng Việt ở trên',
  contents: 'Contents',

  neverTitle: 'Three things never to do',
  neverPrivate:
    'No private window: no --incognito, --guest, InPrivate; no kiosk mode of Edge (--edge-kiosk-type) and no "Assigned access" of Windows with Edge, for these run InPrivate. Closing the browser would lose every rating not yet sent.',
  neverClear:
    'Nothing that clears data: none of the policies ForceEphemeralProfiles, ClearBrowsingDataOnExitList, BrowsingDataLifetime, ClearBrowsingDataOnExit; no cleaning software, no disk "freezing" (Deep Freeze and the like); never restore an activated device from a disk image.',
  neverMove:
    'Never another address: scheme, name and port stay the same for the life of the device, because browsers keep data by address. If it must change: sync or hand over by file until nothing is left unreceived, then change it and activate again.',

  prepareTitle: 'Before you begin',
  prepareBrowser: 'Chrome, Chromium or Edge 109 or later; 2 GB of free disk; a loudspeaker.',
  prepareAddress:
    'The address of the rating device, beginning with https://. This page is open at the address below, and the commands on it use that address:',
  prepareClock: 'Time zone of Vietnam (GMT+7), automatic date and time.',
  prepareCode:
    'The activation code of the unit (dashboard, "Activation"), or the .nmc-unit file and its passphrase.',

  windowsTitle: 'Windows 10, Windows 11',
  windowsAccount:
    'Make a Windows account of its own, without administrator rights, that logs on by itself. No guest account.',
  windowsPolicy:
    'Copy the text below to nhip-mot-cua.reg and open it as administrator. For Edge, write Microsoft\\Edge for Google\\Chrome and InPrivateModeAvailability for IncognitoModeAvailability. Look at chrome://policy (edge://policy) afterwards.',
  windowsStart: 'Open Run, type shell:startup, and put a shortcut there (Chrome; all on one line):',
  windowsEdge: 'With Edge: as a full-screen app, without --kiosk:',
  windowsPower: 'Neither machine nor screen may sleep; swipes from the edge are off (as administrator):',

  androidTitle: 'Android tablets',
  androidInstall:
    'Use Chrome. Open the address, menu ⋮, "Add to home screen", "Install". Always open it by the new icon: no address bar, and the browser agrees to keep the data.',
  androidPin:
    'Lock to one app: Settings → Security → App pinning, with "Ask for PIN before unpinning". With device management (MDM): make it a dedicated device (device owner, lock task) with Chrome or this web app.',
  androidPower:
    'Keep it plugged in; Developer options → "Stay awake". Turn battery optimisation off for Chrome. Remove apps that clean memory.',
  androidFully:
    'Fully Kiosk and other kiosk browsers use WebView, whose data the system may clear. Prefer Chrome. If one must be used: turn off everything that clears cache, cookies or web storage on timeout, reload or start; no private mode.',

  linuxTitle: 'Linux',
  linuxPolicy:
    'Copy the policies to /etc/chromium/policies/managed/nhip-mot-cua.json (Google Chrome: /etc/opt/chrome/policies/managed/). Look at chrome://policy afterwards.',
  linuxStart: 'The command to start with the session (~/.config/autostart or systemd):',
  linuxPower: 'Turn sleep and screen saver of the session off.',

  flagsTitle: 'Why these flags and policies',
  flagsDownload:
    'Downloads stay allowed: handing over by stick saves .nmc files. The file chooser must open too, for receipts.',
  flagsMicrophone: 'AudioCaptureAllowedUrls lets staff record phrases behind the PIN without being asked.',
  flagsInstall:
    'WebAppInstallForceList installs the page as an app. Where the browser does not agree to keep the data: bookmark the page (Ctrl+D) before kiosk mode is on; the device asks again every day.',
  flagsPinch: '--disable-pinch and --overscroll-history-navigation=0: nobody zooms, nobody swipes back.',
  flagsDrift: 'Names of flags change with browsers: after each big update, open the check again.',

  afterTitle: 'After installing',
  after1: 'Open the page once with a network and wait a minute until all of it is kept on the device.',
  after2: 'Tap "Set up", choose a PIN, activate, choose the counter.',
  after3: 'Switch the device off and on again.',
  after4:
    'Hold the upper left corner for two seconds, enter the PIN, open "Check the device" and follow each line until "Put into use" can be tapped.',
  after5: 'Unplug the network, give one rating, plug it in, tap "Sync now": nothing is left unreceived.',

  replaceTitle: 'Replacing or removing a device',
  replaceText:
    'Before removing, reinstalling or moving it: open the staff area and tap "End of the day"; without network, save the hand-over file and take the receipt. Clear the data of the browser only when nothing is left unreceived.',
};
