/** What the hub has set for this kiosk, as it applies now. Anything that changes a visit waits until nobody is on one. */
import type { Questionnaire } from '../domain/questionnaire.ts';
import { QUICK } from '../domain/questionnaires.ts';
import type { Backend } from './backend.ts';
import { type Cell, cell } from './cell.ts';
import type { QuestionnaireFault } from './questionnaire-choice.ts';

export interface InForce {
  readonly questionnaire: Questionnaire;
  /** What is wrong with the questionnaire the hub sent last; the staff screens show it. */
  readonly fault: QuestionnaireFault | null;
  /** The unit took the device out of service. */
  readonly isClosed: boolean;
  /** Seconds untouched before the warning, where the hub sets them. */
  readonly idleSeconds: number | null;
  /** Address of the code beside the thanks. */
  readonly phoneUrl: string | null;
}

const NOTHING_SET: InForce = {
  questionnaire: QUICK,
  fault: null,
  isClosed: false,
  idleSeconds: null,
  phoneUrl: null,
};

/** `take` reads what is loaded and applies it when the screen is free; `settle` applies what waited. */
export function createInForce(): {
  readonly inForce: Cell<InForce>;
  take(loaded: Pick<Backend, 'questionnaire' | 'kiosk'>, isFree: boolean): void;
  settle(): void;
} {
  const inForce = cell(NOTHING_SET);
  let waiting: InForce | null = null;
  const settle = () => {
    if (waiting) inForce.set(waiting);
    waiting = null;
  };
  return {
    inForce,
    take(loaded, isFree) {
      const { questionnaire, fault } = loaded.questionnaire();
      const set = loaded.kiosk();
      waiting = {
        questionnaire,
        fault,
        isClosed: set?.isOutOfService ?? false,
        idleSeconds: set?.idleSeconds ?? null,
        phoneUrl: webAddress(set?.phoneUrl),
      };
      if (isFree) settle();
    },
    settle,
  };
}

/** The address when a phone can open it, else null. */
function webAddress(text: string | undefined): string | null {
  try {
    const { protocol, href } = new URL(text ?? '');
    return protocol === 'https:' || protocol === 'http:' ? href : null;
  } catch {
    return null;
  }
}
