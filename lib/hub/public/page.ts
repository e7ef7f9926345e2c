/** The page behind a link: the built form with what it needs written into it, so that it is ready without another request. */
import type { LinkKind, PublicForm } from '../../domain/public-form.ts';
import type { Db } from '../database/db.ts';
import type { Secrets } from '../secrets.ts';
import { questionnaireOf } from './answers.ts';
import { linkOf, stateOf } from './links.ts';

/** Where `entrypoints/form/index.html` takes it. */
const PLACE = 'data-form=""';

/** What the page of a token shows. `kinds`: the kinds of link that may open it; any other is unknown there. */
export function publicForm(
  db: Db,
  secrets: Secrets,
  token: string,
  kinds: readonly LinkKind[],
  now: number,
): Promise<PublicForm> {
  return db.tx({ role: 'ingest' }, async (query): Promise<PublicForm> => {
    const link = await linkOf(query, db.province, secrets, token);
    const kind = kinds[0] ?? 'counter';
    if (link === null || !kinds.includes(link.kind)) {
      return {
        state: 'unknown',
        kind,
        token: '',
        unit: null,
        counter: null,
        questionnaire: null,
        origins: [],
      };
    }
    return {
      state: stateOf(link, now),
      kind: link.kind,
      token,
      unit: link.unitName,
      counter: link.counterName,
      questionnaire: await questionnaireOf(query, db.province, link.unit),
      origins: link.origins,
    };
  });
}

/** The built page with the form in it. Errors: the page was built without a place for it. */
export function fillPage(html: string, form: PublicForm): string {
  const signs: Readonly<Record<string, string>> = { '&': '&amp;', '"': '&quot;', '<': '&lt;', '>': '&gt;' };
  const text = JSON.stringify(form).replace(/[&"<>]/g, (sign) => signs[sign]!);
  if (!html.includes(PLACE))
    throw new Error('The built form has no place for its data. Build the web pages again.');
  return html.replace(PLACE, () => `data-form="${text}"`);
}
