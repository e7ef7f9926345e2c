/** What every part of the workshop is given: the words, the state and the acts. */
import type { Words, WorkshopActions, WorkshopState } from './model.ts';

export interface Room {
  readonly t: Words;
  readonly state: WorkshopState;
  readonly actions: WorkshopActions;
}
