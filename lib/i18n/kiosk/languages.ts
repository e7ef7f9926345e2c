/** The languages of the citizen's screens, each exported by its code: a language is its file and one line here. */
/** @public */
export { en } from './en.ts';
/** @public */
export { vi } from './vi.ts';
