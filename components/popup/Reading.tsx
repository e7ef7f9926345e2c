/** How well the pages can be read, and what else was seen on them: in words, with what to do next. */

import { showDay } from '../../lib/domain/dates.ts';
import type { ExtensionKey } from '../../lib/i18n/extension/index.ts';
import type { View, Words } from './model.ts';

const SHOWN = 4;

export function Reading({ t, view }: { readonly t: Words; readonly view: View }) {
  const troubled = view.summary.packs.filter(({ health }) => health !== 'ok');
  const nameOf = (pack: string) => {
    const id = pack.split('@')[0];
    return view.families.find((one) => one.id === id)?.name ?? pack;
  };
  return (
    <>
      {troubled.length > 0 && (
        <section class="p-card" aria-label={t('reading.title')}>
          <h2>{t('reading.title')}</h2>
          <ul class="p-reading">
            {troubled.slice(0, SHOWN).map(({ pack, page, health }) => (
              <li key={`${pack} ${page}`} data-health={health}>
                <span class={`p-health p-health-${health}`}>{t(`packHealth.${health}` as ExtensionKey)}</span>
                <span>
                  {nameOf(pack)} <span class="p-small">({page})</span>
                </span>
              </li>
            ))}
          </ul>
          {troubled.some(({ health }) => health === 'broken') && <p class="p-small">{t('reading.broken')}</p>}
        </section>
      )}
      {view.reports.length > 0 && <Reports t={t} view={view} />}
      {view.suggestions.length > 0 && (
        <p class="p-note" data-suggestions={view.suggestions.length}>
          {t('reading.suggestion', { headers: view.suggestions.at(-1)!.headers.slice(0, 4).join(', ') })}
        </p>
      )}
    </>
  );
}

function Reports({ t, view }: { readonly t: Words; readonly view: View }) {
  const open = view.reports
    .flatMap(({ reports }) => reports)
    .filter(({ state }) => state !== 'sent')
    .sort((a, b) => (a.due ?? '9').localeCompare(b.due ?? '9'));
  return (
    <section class="p-card" aria-label={t('reports.title')} data-reports={open.length}>
      <h2>{t('reports.title')}</h2>
      {open.length === 0 ? (
        <p class="p-small">{t('reports.allSent')}</p>
      ) : (
        <ul class="p-rows">
          {open.slice(0, SHOWN).map(({ code, name, due, state }) => (
            <li key={code} data-report={state}>
              <span>{name}</span>
              <span class="p-small">
                {t(`reportState.${state}` as ExtensionKey)}
                {due && ` · ${t('reports.due', { day: showDay(due.slice(0, 10)) })}`}
              </span>
            </li>
          ))}
        </ul>
      )}
      {open.length > SHOWN && <p class="p-small">{t('reports.more', { n: open.length - SHOWN })}</p>}
    </section>
  );
}
