/**
 * What the citizen sees, as a pure machine: `advance(flow, event, rules)` gives the next state and the effects to run.
 *
 *   attract ──start──▶ question 1 … n ──answer──▶ (low?) reasons ──done──▶ (offered?) comment ──▶ saving ──stored──▶ thanks
 *      ▲                    │ back: one step, from the first: leave │ idle         │ idle          │ failed          │ time
 *      ├────────────────────┘                                       ▼              ▼               ▼                 │
 *      │   an unfinished visit is stored as `abandoned`           stored as `walkedAway`    out of service           │
 *      ├──────────────────────────────────────────────────────────────────────────── stored ──┘                     │
 *      └─────────────────────────────────────────────────────────────────────────────────────────────────────────────┘
 *
 * Thanks is reached by `stored` and by nothing else. Every return to the attract screen starts from `freshFlow`: no
 * answer, word, language or large text of one citizen is left for the next. A comment half typed is in the state alone.
 */

import { asksComment, asksReasons, nextQuestion, type Questionnaire } from '../domain/questionnaire.ts';
import type { Flow, FlowEvent, Rules, Screen, Step } from './flow-types.ts';
import { type EndedVisit, endVisit, lengthened, type Visit, type WrittenComment } from './visit.ts';

const BURST = { ratings: 3, withinMs: 60_000 } as const;

/** The state in front of a new citizen. */
export function freshFlow(rules: Rules, now: number, recent: readonly number[] = []): Flow {
  return {
    screen: { name: 'attract' },
    visit: null,
    language: rules.language,
    contrast: false,
    large: false,
    low: false,
    voice: false,
    touched: now,
    warnedUntil: null,
    recent,
  };
}

/** The next state and what must be done. An event that does not fit the state changes nothing. */
export function advance(flow: Flow, event: FlowEvent, rules: Rules): Step {
  const touched = { ...flow, touched: event.now };
  switch (event.type) {
    case 'tick':
      return tick(flow, event.now, rules);
    case 'stored':
      return stored(flow, event.ids, event.now, rules);
    case 'failed':
      return failed(flow, event.now, rules);
    case 'stay':
      return only({ ...touched, warnedUntil: null });
    case 'leave':
      return flow.warnedUntil === null ? only(flow) : leave(flow, event.now, rules);
  }
  if (flow.warnedUntil !== null) return only(flow);
  switch (event.type) {
    case 'touch':
      return only(touched);
    case 'spoke':
      return only({ ...touched, voice: true, screen: longer(flow.screen, event.now, rules) });
    case 'contrast':
      return only({ ...touched, contrast: !flow.contrast });
    case 'large':
      return only({ ...touched, large: !flow.large });
    case 'low':
      return only({ ...touched, low: !flow.low });
    case 'language':
      return only({ ...touched, language: event.language });
    case 'guide':
      if (flow.screen.name !== 'attract') return only(flow);
      return {
        flow: { ...touched, screen: { name: 'guide', topic: event.topic } },
        effects: [{ type: 'guided', topic: event.topic }],
      };
    case 'start':
      if (rules.isClosed || (flow.screen.name !== 'attract' && flow.screen.name !== 'guide'))
        return only(flow);
      return only({
        ...touched,
        screen: { name: 'question', index: 0 },
        visit: { id: event.id, since: event.now, answers: {}, reasons: [], draft: '', durations: {} },
      });
    case 'answer':
      return answer(flow, event, rules);
    case 'reason':
      return only(chooseReason(touched, event.id, rules));
    case 'done':
      return reasoned(flow, event, rules);
    case 'write':
      if (flow.screen.name !== 'comment' || !flow.visit) return only(flow);
      return only({ ...touched, visit: { ...flow.visit, draft: event.text } });
    case 'comment':
      if (flow.screen.name !== 'comment') return only(flow);
      return finish(touched, event.now, rules, event.comment);
    case 'back':
      return back(flow, event.now, rules);
  }
}

/** The name of the step a visit is on: a question's id, `reasons` or `comment`. */
function stepName(screen: Screen, questionnaire: Questionnaire): string {
  return screen.name === 'question' ? (questionnaire.questions[screen.index]?.id ?? 'question') : screen.name;
}

/** When `tick` must come next, or null while nothing waits for time. Same clock as the events. */
export function nextDeadline(flow: Flow, rules: Rules): number | null {
  const { screen } = flow;
  if (screen.name === 'thanks') return screen.until;
  if (screen.name === 'broken') return screen.retryAt;
  if (screen.name === 'saving' || isAtRest(flow, rules)) return null;
  return flow.warnedUntil ?? flow.touched + patience(flow, rules);
}

/** Thanks that are being read out stay until they are heard. */
function longer(screen: Flow['screen'], now: number, rules: Rules): Flow['screen'] {
  if (screen.name !== 'thanks') return screen;
  return { ...screen, until: Math.max(screen.until, now + rules.thanksMs * 3) };
}

/** Attract screen with nothing on it that belongs to anybody: the moment for an update. */
export function isAtRest(flow: Flow, rules: Rules): boolean {
  return (
    flow.screen.name === 'attract' &&
    flow.language === rules.language &&
    !flow.contrast &&
    !flow.large &&
    !flow.low &&
    !flow.voice
  );
}

/** What the visit under way would leave behind if the power failed now; its mirror is stored at the next start. */
export function rescueOf(flow: Flow, rules: Rules, now: number): EndedVisit | null {
  return flow.visit ? ended(flow, flow.visit, now, rules, ['recovered']) : null;
}

function patience(flow: Flow, rules: Rules): number {
  const isReading = flow.screen.name === 'guide' || flow.screen.name === 'comment';
  const isHelped = flow.contrast || flow.large || flow.low || flow.voice || isReading;
  return rules.idleMs * (isHelped ? 2 : 1);
}

function only(flow: Flow): Step {
  return { flow, effects: [] };
}

function ended(
  flow: Flow,
  visit: Visit,
  now: number,
  rules: Rules,
  flags: readonly string[],
  comment: WrittenComment | null = null,
): EndedVisit {
  const step = stepName(flow.screen, rules.questionnaire);
  return endVisit(visit, rules.questionnaire, { step, now, language: flow.language, flags, comment });
}

function answer(flow: Flow, event: Extract<FlowEvent, { type: 'answer' }>, rules: Rules): Step {
  const { screen, visit } = flow;
  const { level, now } = event;
  const question = screen.name === 'question' ? rules.questionnaire.questions[screen.index] : undefined;
  if (screen.name !== 'question' || !question || !visit) return only(flow);
  if (event.question !== undefined && event.question !== question.id) return only(flow);
  if (!Number.isInteger(level) || level < 1 || level > question.scale) return only(flow);
  const answers = { ...visit.answers, [question.id]: level };
  const next = {
    ...flow,
    touched: now,
    visit: { ...visit, answers, since: now, durations: lengthened(visit, question.id, now) },
  };
  const index = nextQuestion(rules.questionnaire, answers);
  if (index !== null) return only({ ...next, screen: { name: 'question', index } });
  if (asksReasons(rules.questionnaire, answers)) return only({ ...next, screen: { name: 'reasons' } });
  return offerComment(next, now, rules);
}

function reasoned(flow: Flow, event: Extract<FlowEvent, { type: 'done' }>, rules: Rules): Step {
  const { visit } = flow;
  if (flow.screen.name !== 'reasons' || !visit) return only(flow);
  const reasons = event.skip ? [] : visit.reasons;
  return offerComment({ ...flow, touched: event.now, visit: { ...visit, reasons } }, event.now, rules);
}

/** The comment where one is offered, else the end. `flow` still stands on the step that is over. */
function offerComment(flow: Flow, now: number, rules: Rules): Step {
  const { visit } = flow;
  if (!visit || !asksComment(rules.questionnaire, visit.answers)) return finish(flow, now, rules, null);
  const durations = flow.screen.name === 'reasons' ? lengthened(visit, 'reasons', now) : visit.durations;
  return only({ ...flow, screen: { name: 'comment' }, visit: { ...visit, since: now, durations } });
}

function chooseReason(flow: Flow, id: string, rules: Rules): Flow {
  const { visit } = flow;
  if (flow.screen.name !== 'reasons' || !visit) return flow;
  if (!rules.questionnaire.reasons.some((reason) => reason.id === id)) return flow;
  const isChosen = visit.reasons.includes(id);
  if (!isChosen && visit.reasons.length >= rules.questionnaire.maxReasons) return flow;
  const reasons = isChosen ? visit.reasons.filter((one) => one !== id) : [...visit.reasons, id];
  return { ...flow, visit: { ...visit, reasons } };
}

function back(flow: Flow, now: number, rules: Rules): Step {
  const { screen, visit } = flow;
  if (screen.name === 'guide') return only({ ...flow, screen: { name: 'attract' }, touched: now });
  if (screen.name === 'thanks') return only(freshFlow(rules, now, flow.recent));
  if (!visit || (screen.name !== 'question' && screen.name !== 'reasons' && screen.name !== 'comment'))
    return only(flow);
  const { questions } = rules.questionnaire;
  const durations = lengthened(visit, stepName(screen, rules.questionnaire), now);
  if (screen.name === 'comment' && asksReasons(rules.questionnaire, visit.answers)) {
    return only({
      ...flow,
      touched: now,
      screen: { name: 'reasons' },
      visit: { ...visit, since: now, durations },
    });
  }
  const before = screen.name === 'question' ? screen.index : questions.length;
  const index = questions.findLastIndex(({ id }, at) => at < before && visit.answers[id] !== undefined);
  const question = questions[index];
  if (!question) return leave(flow, now, rules);
  const answers = Object.fromEntries(Object.entries(visit.answers).filter(([id]) => id !== question.id));
  return only({
    ...flow,
    touched: now,
    screen: { name: 'question', index },
    visit: { ...visit, answers, reasons: [], since: now, durations },
  });
}

/** Leaves a visit: the next citizen's screen at once, what is left of this visit to the journal. */
function leave(flow: Flow, now: number, rules: Rules): Step {
  const fresh = freshFlow(rules, now, flow.recent);
  if (!flow.visit) return only(fresh);
  const isAnswered = flow.screen.name === 'reasons' || flow.screen.name === 'comment';
  const kept = ended(flow, flow.visit, now, rules, isAnswered ? ['walkedAway'] : []);
  return { flow: fresh, effects: [{ type: 'store', ended: kept }] };
}

function finish(flow: Flow, now: number, rules: Rules, comment: WrittenComment | null): Step {
  if (!flow.visit) return only(flow);
  const recent = [...flow.recent.filter((at) => now - at < BURST.withinMs), now].slice(-BURST.ratings);
  const flags = recent.length >= BURST.ratings ? ['burst'] : [];
  const done = ended(flow, flow.visit, now, rules, flags, comment);
  return {
    flow: { ...flow, screen: { name: 'saving', ended: done }, visit: null, recent },
    effects: [{ type: 'store', ended: done }],
  };
}

function stored(flow: Flow, ids: readonly string[], now: number, rules: Rules): Step {
  const { screen } = flow;
  if (screen.name === 'saving' && ids.includes(screen.ended.id)) {
    return only({ ...flow, screen: { name: 'thanks', until: now + rules.thanksMs }, touched: now });
  }
  return only(screen.name === 'broken' ? freshFlow(rules, now, flow.recent) : flow);
}

/** Whatever could not be stored, nobody may go on rating: the screen says so and the next try is set. */
function failed(flow: Flow, now: number, rules: Rules): Step {
  const { screen, visit } = flow;
  const owed = screen.name === 'saving' || (screen.name === 'broken' && screen.owed);
  const kept = visit ? ended(flow, visit, now, rules, ['cutShort']) : null;
  return {
    flow: {
      ...freshFlow(rules, now, flow.recent),
      language: flow.language,
      screen: { name: 'broken', owed, retryAt: now + rules.retryMs },
    },
    effects: kept ? [{ type: 'keep', ended: kept }] : [],
  };
}

function tick(flow: Flow, now: number, rules: Rules): Step {
  const deadline = nextDeadline(flow, rules);
  if (deadline === null || now < deadline) return only(flow);
  const { screen } = flow;
  if (screen.name === 'thanks') return only(freshFlow(rules, now, flow.recent));
  if (screen.name === 'broken') {
    const waiting = { ...flow, screen: { ...screen, retryAt: now + rules.retryMs } };
    return { flow: waiting, effects: [{ type: 'retry' }] };
  }
  if (!flow.visit) return only(freshFlow(rules, now, flow.recent));
  if (flow.warnedUntil !== null || now >= deadline + rules.warnMs) return leave(flow, now, rules);
  return { flow: { ...flow, warnedUntil: now + rules.warnMs }, effects: [{ type: 'beep' }] };
}
