/** What a page says to a gesture that waits: words that confirm it, refuse it, or tell that its call is under way. */
import { holdsOnPage, type Said, said } from '../adapters/engine/actions.ts';
import { textOf } from '../adapters/engine/text.ts';
import { codeIn } from '../adapters/engine/value.ts';
import type { ActionRule, Confirm } from '../adapters/pack.ts';
import type { ArmedAction, PageContext } from '../extension/page-messages.ts';

/** A gesture that waits for the page's word. */
export interface Waiting {
  readonly armed: ArmedAction;
  readonly rule: ActionRule;
  readonly context: PageContext;
  readonly control: Element | null;
  readonly dialog: Element | null;
  /** Elements that said the confirming words before the gesture, with their text. */
  readonly before: Map<Element, string>;
  /** Place and elements that held before the gesture, by confirmation id. */
  readonly held: ReadonlySet<string>;
  isProved: boolean;
  /** The page says that its call is under way. */
  isSending: boolean;
  /** Something else was pressed meanwhile: if the page goes, it may be the person who left. */
  isDoubted: boolean;
  /** Clicks that may each have sent a call: of a double click one call succeeds and the other is refused, in any order. */
  clicks: number;
  /** After a refusal of one of several clicks: until when the answer to another may come. */
  lastCall: number | null;
}

type Worded = Confirm & { readonly css: string; readonly text: string };
const isWorded = (confirm: Confirm): confirm is Worded =>
  confirm.css !== undefined && confirm.text !== undefined;

/** Elements that say a rule's words already, with their text. */
export function shownBefore(document: Document, rule: ActionRule): Map<Element, string> {
  const all = rule.confirm.filter(isWorded).flatMap(({ css, text }) => said(document, css, text));
  return new Map(all.map((one) => [one.element, one.text]));
}

/** What the nodes say to this waiting gesture, first that fits. */
export function heard(
  at: { readonly document: Document; readonly place: string },
  one: Waiting,
  nodes: readonly Node[],
  used: ReadonlySet<Element>,
): { readonly one: Waiting; readonly id: string; readonly found: Said } | null {
  for (const confirm of one.rule.confirm.filter(isWorded)) {
    if (confirm.left !== undefined || !holdsOnPage(confirm, at.place, at.document)) continue;
    const found = nodes
      .flatMap((node) => said(node, confirm.css, confirm.text))
      .find((each) => !used.has(each.element) && one.before.get(each.element) !== each.text);
    if (found) return { one, id: confirm.id, found };
  }
  return null;
}

/** Whether the page says now that the call of a gesture made on it is under way. */
export function isUnderWay(document: Document, { control, isProved, rule, before }: Waiting): boolean {
  return (
    control !== null &&
    isProved &&
    rule.confirm
      .filter(isWorded)
      .some(
        ({ left, css, text }) =>
          left !== undefined && said(document, css, text).some((one) => before.get(one.element) !== one.text),
      )
  );
}

/** How many elements among the nodes refuse. */
export function refusals(one: Waiting, nodes: readonly Node[], used: ReadonlySet<Element>): number {
  const all = (one.rule.refuse ?? []).flatMap(({ css, text }) =>
    nodes.flatMap((node) => said(node, css, text).map(({ element }) => element)),
  );
  return new Set(all.filter((element) => !used.has(element))).size;
}

/** The words of a partial refusal name codes; they are taken out when that explains N. */
export function withoutRefused(one: Waiting, found: Said): ArmedAction {
  const { codes } = one.armed;
  if (found.count === null || found.count >= codes.length) return one.armed;
  const around = found.element.parentElement ?? found.element;
  const named = new Set(
    [...around.children].map((each) => codeIn(textOf(each, 400))).filter((code) => code !== null),
  );
  const left = codes.filter((code) => !named.has(code));
  return { ...one.armed, codes: left.length === found.count ? left : [] };
}
