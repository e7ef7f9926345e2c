/**
 * Gestures that wait for the page's word.
 *
 * What was already on the page when the gesture fell confirms nothing: a toast stays for seconds. One text confirms one
 * gesture; a dialog's button replaces what opened the dialog; a dialog that is dismissed, or still open when another
 * one is used, had failed. A row that vanishes proves nothing. A page that says it is sending and is then replaced has
 * succeeded; one that stops saying so and stays had failed.
 */
import {
  type CodeSource,
  type codesOf,
  doneOf,
  type Gesture,
  holdsOnPage,
} from '../adapters/engine/actions.ts';
import { isVisible } from '../adapters/engine/visible.ts';
import type { ActionRule, Confirm, Pack } from '../adapters/pack.ts';
import type { ArmedAction, PageContext } from '../extension/page-messages.ts';
import { heard, isUnderWay, refusals, shownBefore, type Waiting, withoutRefused } from './answers.ts';

export interface WaitingPorts {
  readonly document: Document;
  readonly now: () => number;
  readonly place: () => string;
  readonly pack: Pack;
  readonly source: () => Omit<CodeSource, 'lastRow'>;
  /** Context of the recognised page, or one made of the rule where no page type is recognised. */
  readonly context: (rule: ActionRule) => PageContext;
  readonly onArm: (armed: ArmedAction, context: PageContext) => void;
  readonly onDisarm: (rule: string) => void;
  readonly onConfirm: (
    armed: ArmedAction,
    context: PageContext,
    confirm: string,
    count: number | null,
  ) => void;
  /** `times` gestures of this rule in a row found no answer on the page: its words may have changed. */
  readonly onUnanswered: (rule: ActionRule, times: number) => void;
  /** The page goes while it says that the call of this gesture is under way. */
  readonly onLeft: (armed: ArmedAction, context: PageContext) => void;
  /** How this document came to be, as the browser says. */
  readonly loadedBy: () => string;
  /** Whether added nodes must be heard now. */
  readonly onWaiting: (isWaiting: boolean) => void;
}

export interface WaitingRoom {
  /** Arms; a second press of the same within 0.8 s is the same one. */
  readonly arm: (gesture: Gesture, about: ReturnType<typeof codesOf>, isProved: boolean) => void;
  /** The click came on this control: true when it proved a press, or is part of one just confirmed. */
  readonly prove: (control: Element) => boolean;
  /** Takes back what was pressed and not clicked. */
  readonly withdraw: () => void;
  /** Forgets what was armed in dialogs that the person closes instead. */
  readonly dismiss: (isIn: (dialog: Element) => boolean) => void;
  readonly added: (nodes: readonly Node[]) => void;
  /** Looks at the whole page: texts shown without an added node, routes, elements, rows. */
  readonly poll: () => void;
  /** Something is pressed: calls under way are doubted from now on. */
  readonly doubt: () => void;
  /** Takes up what was armed on the page before this one. */
  readonly resume: (armed: ArmedAction) => void;
  /** The document goes. */
  readonly leave: () => void;
  readonly forget: () => void;
}

const UNCALLED = { isSending: false, isDoubted: false, lastCall: null };
const DOUBLE = 800;
const MOST = 8;
/** One failed call is nobody's fault; this many in a row without a success are worth telling. */
const UNANSWERED = 3;
/** An answer that has not come by now makes way for a newer gesture of the same kind. */
const SLOW = 4_000;
/** The calls of a double click are answered within this time of each other. */
const TOGETHER = 1_500;

const isSame = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((one, index) => one === b[index]);

export function createWaiting(ports: WaitingPorts): WaitingRoom {
  const { document, now, pack } = ports;
  let waiting: Waiting[] = [];
  const unanswered = new Map<string, number>();
  const recent = new Map<string, { at: number; codes: readonly string[] }>();

  const keep = (next: Waiting[]) => {
    waiting = next;
    ports.onWaiting(waiting.length > 0);
  };
  const expire = () => {
    const time = now();
    const alive = waiting.filter(
      (one) => time - one.armed.at <= one.armed.within && (one.lastCall === null || time <= one.lastCall),
    );
    if (alive.length === waiting.length) return;
    const gone = waiting.filter((one) => one.isProved && !alive.includes(one));
    const over = gone.filter((one) => one.lastCall === null);
    keep(alive);
    for (const { rule, lastCall } of gone) if (lastCall !== null) ports.onDisarm(rule.id);
    for (const { rule } of over) {
      const times = (unanswered.get(rule.id) ?? 0) + 1;
      unanswered.set(rule.id, times);
      if (times >= UNANSWERED) ports.onUnanswered(rule, times);
    }
  };

  /** What the page itself shows of a confirmation without words: null for nothing, else the codes it is about and N. */
  const shows = (
    confirm: Confirm,
    codes: readonly string[],
  ): { readonly codes: readonly string[]; readonly count: number | null } | null => {
    if (confirm.css !== undefined || !holdsOnPage(confirm, ports.place(), document)) return null;
    if (confirm.rows === undefined) return { codes, count: null };
    const done = doneOf(codes, ports.source());
    return done.length > 0 ? { codes: done, count: done.length } : null;
  };

  const arm = (gesture: Gesture, about: ReturnType<typeof codesOf>, isProved: boolean) => {
    const { rule, control, dialog } = gesture;
    const { codes, selected } = about;
    expire();
    const time = now();
    const last = recent.get(rule.id);
    const isAgain = last !== undefined && isSame(last.codes, codes);
    if (isAgain && time - last.at < DOUBLE) return;
    recent.set(rule.id, { at: time, codes });
    const armed: ArmedAction = {
      rule: rule.id,
      action: rule.action,
      codes,
      selected,
      at: time,
      within: rule.within,
    };
    const context = ports.context(rule);
    const others = waiting.filter(
      (one) =>
        !(one.rule.id === rule.id && isSame(one.armed.codes, codes)) &&
        !(dialog && one.rule.action === rule.action && one.dialog === null) &&
        !(one.rule.action === rule.action && one.control === null) &&
        !(one.dialog !== null && one.dialog !== dialog && one.dialog.isConnected && isVisible(one.dialog)),
    );
    const held = rule.confirm.filter((one) => shows(one, codes) !== null).map((one) => one.id);
    const next: Waiting = {
      armed,
      rule,
      context,
      control,
      dialog,
      before: shownBefore(document, rule),
      held: new Set(held),
      isProved,
      clicks: isProved ? 1 : 0,
      ...UNCALLED,
    };
    keep([...others, next].slice(-MOST));
    ports.onArm(armed, context);
  };

  const withdraw = () => {
    const dropped = waiting.filter((one) => !one.isProved);
    if (dropped.length === 0) return;
    keep(waiting.filter((one) => one.isProved));
    for (const one of dropped) {
      recent.delete(one.rule.id);
      ports.onDisarm(one.rule.id);
    }
  };

  const dismiss = (isIn: (dialog: Element) => boolean) => {
    const dropped = waiting.filter((one) => one.dialog !== null && isVisible(one.dialog) && isIn(one.dialog));
    if (dropped.length === 0) return;
    keep(waiting.filter((one) => !dropped.includes(one)));
    for (const one of dropped) ports.onDisarm(one.rule.id);
  };

  const confirmed = (one: Waiting, armed: ArmedAction, confirm: string, count: number | null) => {
    keep(waiting.filter((each) => each !== one));
    unanswered.delete(one.rule.id);
    ports.onConfirm(armed, one.context, confirm, count);
  };

  /** A page that no longer says it is sending, and still stands, was refused. */
  const followCalls = () => {
    for (const one of [...waiting]) {
      if (isUnderWay(document, one)) one.isSending = true;
      else if (one.isSending) {
        keep(waiting.filter((each) => each !== one));
        ports.onDisarm(one.rule.id);
      }
    }
  };

  const confirmAll = (nodes: readonly Node[], used: Set<Element>) => {
    for (let rounds = 0; rounds < MOST; rounds += 1) {
      const hits = waiting
        .filter((one) => one.isProved)
        .map((one) => heard({ document, place: ports.place() }, one, nodes, used))
        .filter((hit) => hit !== null);
      const first = hits[0];
      if (!first) return;
      // Several gestures wait for these words: the one of as many dossiers, else the oldest that is not overdue.
      const rivals = hits.filter((hit) => hit.found.element === first.found.element);
      const hit =
        rivals.find(({ one, found }) => found.count !== null && found.count === one.armed.codes.length) ??
        rivals.find(({ one }) => now() - one.armed.at < SLOW) ??
        rivals.at(-1)!;
      used.add(hit.found.element);
      for (const other of waiting) other.before.set(hit.found.element, hit.found.text);
      const isOverdue = (other: Waiting) =>
        other.rule.id === hit.one.rule.id &&
        other.armed.at < hit.one.armed.at &&
        now() - other.armed.at >= SLOW;
      keep(waiting.filter((other) => !isOverdue(other)));
      confirmed(hit.one, withoutRefused(hit.one, hit.found), hit.id, hit.found.count);
    }
  };

  const refuseLatest = (nodes: readonly Node[], used: ReadonlySet<Element>) => {
    const refused = waiting.findLast((one) => one.isProved && refusals(one, nodes, used) > 0);
    if (!refused) return;
    refused.clicks -= refusals(refused, nodes, used);
    if (refused.clicks > 0) {
      refused.lastCall = now() + TOGETHER;
      return;
    }
    keep(waiting.filter((one) => one !== refused));
    ports.onDisarm(refused.rule.id);
  };

  const listen = (nodes: readonly Node[], isAdded: boolean) => {
    expire();
    followCalls();
    const used = new Set<Element>();
    confirmAll(nodes, used);
    if (isAdded) refuseLatest(nodes, used);
  };

  const prove = (control: Element) => {
    expire();
    const own = waiting.find((one) => !one.isProved && one.control === control);
    if (own) own.isProved = true;
    const again = waiting.find((one) => one.control === control && now() - one.armed.at < DOUBLE);
    if (again) again.clicks += 1;
    return own !== undefined || again !== undefined;
  };

  return {
    arm,
    prove,
    withdraw,
    dismiss,
    doubt: () => {
      for (const one of waiting) one.isDoubted ||= isUnderWay(document, one);
    },
    added: (nodes) => listen(nodes, true),
    poll: () => {
      if (waiting.length === 0) return;
      listen([document], false);
      for (const one of [...waiting]) {
        if (!one.isProved) continue;
        for (const confirm of one.rule.confirm) {
          const shown = one.held.has(confirm.id) ? null : shows(confirm, one.armed.codes);
          if (!shown) continue;
          confirmed(one, { ...one.armed, codes: shown.codes }, confirm.id, shown.count);
          break;
        }
      }
    },
    resume: (armed) => {
      const rule = pack.actions.find((one) => one.id === armed.rule);
      if (!rule || now() - armed.at > armed.within) return;
      const one: Waiting = {
        armed,
        rule,
        context: ports.context(rule),
        control: null,
        dialog: null,
        before: new Map(),
        held: new Set(),
        isProved: true,
        clicks: 1,
        ...UNCALLED,
      };
      keep([...waiting, one]);
      const isNext = (each: Confirm) => each.left === ports.loadedBy();
      const came = rule.confirm.find(
        (each) => armed.isSent && isNext(each) && holdsOnPage(each, ports.place(), document),
      );
      if (came) confirmed(one, armed, came.id, null);
    },
    leave: () => {
      expire();
      const one = waiting.findLast((each) => isUnderWay(document, each));
      keep([]);
      if (one && !one.isDoubted) ports.onLeft(one.armed, one.context);
    },
    forget: () => keep([]),
  };
}
