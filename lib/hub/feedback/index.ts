/** Counters, questionnaires, kiosks and ratings, for the routes of people (`types.ts` says what a change answers). */
export { decideClip, listClips, readClip } from './clips.ts';
export { eraseComment } from './comments.ts';
export { listCounters, placeDevice, saveCounter } from './counters.ts';
export { listKiosks } from './kiosks.ts';
export { listQuestionnaires, saveQuestionnaire } from './questionnaires.ts';
export { readFeedback } from './rates.ts';
export { readKioskSetting, saveKioskSetting } from './settings.ts';
export type { Actor, Saved } from './types.ts';
