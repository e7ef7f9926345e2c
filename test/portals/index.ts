/**
 * Practice host pages: iGate 2, TD and iOffice as host-pages.md describes them, each with its own made-up records, its
 * ground truth and a log of what it really rendered and what truly succeeded. They import nothing from lib/.
 */
import { seedDay, seedDayDocuments } from './bulk.ts';
import { startIgate2 } from './igate2.ts';
import { startIoffice } from './ioffice.ts';
import { seedDocuments, seedDossiers } from './seed.ts';
import { startTd } from './td.ts';
import type { DocumentPortal, DossierPortal, PortalContext, PortalOptions, Portals } from './types.ts';

export { accountOf, type ExpectedFigures, type ExpectedUnit } from './account.ts';
export type { LogEntry, Portal, PortalOptions, Portals, Shown } from './types.ts';

const DEFAULTS: PortalOptions = {
  latencyMs: 0,
  mode: 'xhr',
  seed: 1,
  secrets: [],
  breakLocator: [],
  breakConfirmation: [],
  port: 0,
  isLatencyMixed: false,
  areHeadersRenamed: false,
  areColumnsShuffled: false,
  areClassesRebuilt: false,
  dossiers: 0,
};

/** Starts the three portals on 127.0.0.1; with `port` they take it and the two after it, else free ones. */
export async function startPortals(options: Partial<PortalOptions> = {}): Promise<Portals> {
  const full: PortalOptions = { ...DEFAULTS, ...options };
  let duty: string | null = null;
  const contextAt = (step: number): PortalContext => ({
    options: { ...full, port: full.port === 0 ? 0 : full.port + step },
    duty: () => duty,
  });
  const now = Date.now();
  const dossiers = seedDossiers(full.seed, now, full.secrets);
  const igate2 = await startIgate2(contextAt(0), dossiers.igate2);
  const td = await startTd(contextAt(1), dossiers.td);
  const ioffice = await startIoffice(contextAt(2), {
    incoming: seedDocuments(full.seed, now, full.secrets),
    outgoing: [],
  });
  return {
    igate2,
    td,
    ioffice,
    setDuty: (person) => {
      duty = person;
    },
    close: async () => {
      await Promise.all([igate2.close(), td.close(), ioffice.close()]);
    },
  };
}

/** Starts one portal alone, on a free port, with the records of a whole day where `dossiers` asks for them. */
export function startPortal(kind: 'igate2' | 'td', options: Partial<PortalOptions>): Promise<DossierPortal>;
export function startPortal(kind: 'ioffice', options: Partial<PortalOptions>): Promise<DocumentPortal>;
export function startPortal(
  kind: 'igate2' | 'td' | 'ioffice',
  options: Partial<PortalOptions>,
): Promise<DossierPortal | DocumentPortal> {
  const full: PortalOptions = { ...DEFAULTS, ...options };
  const context: PortalContext = { options: full, duty: () => null };
  const now = Date.now();
  if (kind === 'ioffice') {
    const incoming = seedDocuments(full.seed, now, full.secrets);
    const few = { incoming, outgoing: [] };
    return startIoffice(context, full.dossiers === 0 ? few : seedDayDocuments(full.seed, now, full.dossiers));
  }
  if (full.dossiers === 0) {
    const dossiers = seedDossiers(full.seed, now, full.secrets);
    return kind === 'igate2' ? startIgate2(context, dossiers.igate2) : startTd(context, dossiers.td);
  }
  return kind === 'igate2'
    ? startIgate2(context, seedDay(full.seed, now, full.dossiers, 1000))
    : startTd(context, seedDay(full.seed, now, full.dossiers, 5000));
}
