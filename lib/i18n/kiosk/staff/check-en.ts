import type { checkVi } from './check-vi.ts';

export const checkEn: Record<keyof typeof checkVi, string> = {
  checkTitle: 'Check before use',
  checkText:
    'Done once where the device stands, and again when machine, address or browser change. A device that was not checked takes ratings all the same, but reports itself as not checked.',
  checkRun: 'Check again',
  checkRunning: 'Checking…',
  checkState_ok: 'Passed',
  checkState_todo: 'To do',
  checkState_unknown: 'Cannot tell',
  checkLeft: '{n} left to do.',
  checkReady: 'Everything that can be told is right.',
  commission: 'Put into use',
  commissionDone: 'Recorded: the device is in use.',
  commissionedAt: 'Checked and put into use on {time}',
  notCommissioned: 'This device was not checked before use',
  notCommissionedText:
    'It takes ratings, but nobody knows whether its data are kept safely. Open the check and follow each line.',
  check_storage: 'Write and read back',
  check_storage_ok: 'A record was written, read and removed in both places',
  check_storage_database:
    'The database of the browser cannot be written. Free space on the disk, restart the device, then check again.',
  check_storage_second:
    'The second place cannot be written. Update the browser, use no private window, then check again.',
  check_persisted: 'The browser keeps the data',
  check_persisted_ok: 'The browser promised to keep the data',
  check_persisted_todo:
    'Tap "Ask to keep it". If the browser refuses: install this page as an app or bookmark it, then tap again.',
  check_persisted_unknown: 'This browser does not tell. Use a recent Chrome or Edge.',
  check_space: 'Free space',
  check_space_ok: '{free} MB left for this device',
  check_space_todo:
    'Only {free} MB left. Remove files from the disk; if this is a private window, use a normal one.',
  check_space_unknown: 'The browser does not tell. Look at the storage in the settings of the device.',
  check_restart: 'Data outlive a restart',
  check_restart_ok: 'Data written before the last start are still there',
  check_restart_todo:
    'Switch the device off and on again, then check once more. If this line stays: the browser runs in a private window or clears its data when closed, see the installation guide.',
  check_secure: 'Secure address',
  check_secure_ok: '{origin}. Keep this address for the life of the device',
  check_secure_todo: '{origin} is not secure. Open the page at an address that begins with https://',
  check_hub: 'Hub',
  check_hub_ok: 'The hub knows this device and answered',
  check_hub_none: 'The unit has no hub: hand over by file',
  check_hub_offline: 'The hub did not answer. Check cable, Wi-Fi and the address of the hub.',
  check_hub_captivePortal: 'The network asks to log in. Log in, then check again.',
  check_hub_busy: 'The hub is busy. Check again in a few minutes.',
  check_hub_needsActivation: 'The hub does not know this device. Activate it again.',
  check_hub_rejected:
    'The answer of the hub is not rightly signed. Tell technical support; do not use it yet.',
  check_clock: 'Clock',
  check_clock_ok: 'Agrees with the hub',
  check_clock_floor:
    'The clock is set back and cannot be right. Set date, time and the time zone of Vietnam, and turn automatic time on.',
  check_clock_todo:
    '{minutes} minutes off the hub. Set date and time, turn automatic time on, then check again.',
  check_clock_noHub: 'There is no hub to compare with. Compare date and time with a clock of the unit.',
  check_clock_unknown: 'Not compared with the hub yet. Check again with a network.',
  check_sound: 'Sound',
  check_sound_ok: 'Heard',
  check_sound_try: 'Tap "Try the sound" and listen for three tones.',
  check_sound_todo:
    'Not heard. Turn the volume up, switch the loudspeaker on or plug one in, then try again.',
  check_touch: 'Touch screen',
  check_touch_ok: 'All four corners and the middle answer',
  check_touch_try: 'Tap "Try the screen", then tap the four corners and the middle.',
  check_touch_mouse:
    'All five points were clicked by mouse. If there is a touch screen, try again by finger.',
  check_display: 'Full screen',
  check_display_fullscreen: 'The page fills the screen',
  check_display_standalone: 'The page runs as an app, without address bar',
  check_display_todo:
    'The page is in a tab, so citizens can go elsewhere. Turn kiosk mode on as the installation guide says.',
  check_wake: 'Screen stays on',
  check_wake_ok: 'The browser keeps the screen on',
  check_wake_todo:
    'The device does not let the screen stay on. Plug it in, turn battery saving and the automatic lock off.',
  check_wake_unknown: 'The browser cannot do it. Turn sleep off in the settings of the device.',
  check_zoom: 'No zoom by two fingers',
  check_zoom_ok: 'The page cannot be zoomed by two fingers',
  check_zoom_todo: 'The page is zoomed. Pinch it back, then add the flag --disable-pinch.',
  check_zoom_unknown: 'Spread two fingers on the screen: if the page grows, add the flag --disable-pinch.',
  check_update: 'Runs without network',
  check_update_ok: 'Build {build} is whole on this device',
  check_update_todo: 'Not all is kept to run offline yet. Connect, reload the page and wait a minute.',
  check_update_failed:
    'The running version is good, but {n} updates did not come in. Tell technical support.',
  soundTry: 'Try the sound',
  soundAsk: 'Did you hear the three tones?',
  soundYes: 'Heard',
  soundNo: 'Not heard',
  touchTry: 'Try the screen',
  touchTitle: 'Tap each circle',
  touchText: '{n} points left. Use a finger, as citizens will.',
  touchPoint: 'Point {n}',
  installGuide: 'Installation guide for technical staff',
};
