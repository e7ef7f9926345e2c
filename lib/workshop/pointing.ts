/** Repairing a field: by pointing at the page, from the list of its headers, or by typing. Each ends in a change of the draft. */
import type { WorkshopActions } from '../../components/workshop/model.ts';
import { named } from '../../components/workshop/names.ts';
import type { Pack } from '../adapters/pack.ts';
import { fold } from '../domain/vocabulary.ts';
import { workshopTexts } from '../i18n/workshop/index.ts';
import { type Change, fieldTexts, kindredPages, textProblem } from './draft.ts';
import type { PageLink } from './frames.ts';
import type { Offer } from './protocol.ts';
import type { Store } from './store.ts';
import { offerView } from './view.ts';

export interface PointingDeps {
  readonly store: Store;
  /** The line to the page shown, null when there is none. */
  readonly link: () => PageLink | null;
  /** The draft as it runs. */
  readonly pack: () => Pack | null;
  readonly change: (change: Change) => void;
}

type Acts = Pick<
  WorkshopActions,
  'point' | 'stopPointing' | 'tryHeader' | 'applyOffer' | 'addText' | 'removeText' | 'addEmpty' | 'addWord'
>;

export function makePointing({ store, link, pack, change }: PointingDeps): Acts {
  let offers: readonly Offer[] = [];

  /** What a wish needs: the line, the draft, the page type shown and the field that is open. */
  function about() {
    const { openField, reading, isWide } = store.get();
    const now = pack();
    if (!now || openField === null || !reading) return null;
    // The page types a change is about: the one shown, and its kin where the person wants that.
    const pages = isWide ? kindredPages(now, reading.page, openField) : [reading.page];
    return { now, field: openField, page: reading.page, pages };
  }

  function show(found: readonly Offer[]): void {
    const at = about();
    if (!at) return;
    offers = found;
    const views = found.map((one) => offerView(one, at.now, at.pages, at.field));
    store.set({ isPointing: false, offers: views });
  }

  async function point(): Promise<void> {
    const at = about();
    const line = link();
    if (!at || !line) return;
    store.set({ isPointing: true, offers: null });
    const t = workshopTexts(store.get().language);
    const hint = t('edit.hint', { field: named(t, 'field', at.field) });
    const found = await line.pick(at.now, at.page, at.field, hint).catch(() => null);
    if (found === null) store.set({ isPointing: false });
    else show(found);
  }

  return {
    point: () => void point(),
    stopPointing: () => {
      link()?.stopPicking();
      store.set({ isPointing: false });
    },
    tryHeader: (header) => {
      const at = about();
      const line = link();
      if (at && line) line.tryHeader(at.now, at.page, at.field, header).then(show, () => undefined);
    },
    applyOffer: (index) => {
      const at = about();
      const offer = offers[index];
      if (!at || !offer) return;
      const { field, pages } = at;
      if (offer.kind === 'css') {
        change({ kind: 'addLocator', field, locator: offer.locator, pages });
        return;
      }
      // What was pointed at wins over another text only where that one stands on the page as well.
      const own = at.now.pages.find(({ id }) => id === at.page)?.fields[field];
      const here = new Set(store.get().headers.map(fold));
      const isFirst = own !== undefined && fieldTexts(own).some((text) => here.has(fold(text)));
      change({ kind: 'addText', field, text: offer.text, pages, ...(isFirst ? { isFirst } : {}) });
    },
    addText: (text) => {
      const at = about();
      if (at && textProblem(text) === null) {
        change({ kind: 'addText', field: at.field, text: text.trim(), pages: at.pages });
      }
    },
    removeText: (text) => {
      const at = about();
      if (at) change({ kind: 'removeText', field: at.field, text, pages: at.pages });
    },
    addEmpty: (text) => {
      const page = store.get().reading?.page;
      if (page && textProblem(text) === null) change({ kind: 'addEmpty', text: text.trim(), pages: [page] });
    },
    addWord: (list, word, value) => {
      if (textProblem(word) === null) change({ kind: 'addWord', list, word: word.trim(), value });
    },
  };
}
