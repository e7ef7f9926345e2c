/**
 * The service-quality score of Decision 766/QĐ-TTg (23/6/2022) as the national portal scores it in 2026: formulas
 * of the metrics in domain §1.3–1.4, each rounded half up to two decimals, then summed by group.
 * Exact integer arithmetic: a published score must come out to the last digit.
 */

/** `[numerator, denominator]` as published. */
export type Pair = readonly [number, number];

/** One province's inputs, the shape of `figures/decision-766-published.json`; null = not published. */
export interface Decision766Inputs {
  readonly progress: { readonly received: number; readonly onTime: number } | null;
  readonly transparency: {
    readonly announcedOnTime: Pair | null;
    readonly publicisedOnTime: Pair | null;
    readonly contentFull: Pair | null;
    readonly dossiersSynced: Pair | null;
  };
  readonly digitisation: {
    readonly electronicResult: Pair | null;
    readonly digitised: Pair | null;
    readonly reused: Pair | null;
    readonly personalStoreConnected: Pair | null;
    readonly populationDataDossiers: Pair | null;
    readonly populationDataProcedures: Pair | null;
    readonly certifiedCopyPublishedScore: number | null;
  };
  readonly payment: {
    readonly dossiersPaidOnline: number | null;
    readonly dossiersWithObligation: number | null;
    readonly proceduresWithOnlinePayment: number | null;
    readonly feeProcedures: number | null;
    readonly proceduresIntegrated: number | null;
  };
  readonly satisfaction: {
    readonly petitions: number | null;
    readonly petitionsOnTime: number | null;
    readonly petitionsSatisfied: number | null;
    readonly dossiersSatisfied: number | null;
    readonly dossiers: number | null;
  };
  /** Metrics 3.1 to 3.3, where they are published. */
  readonly onlineServices?: {
    readonly proceduresOnline: Pair | null;
    readonly servicesWithDossiers: Pair | null;
    readonly dossiersOnline: Pair | null;
  };
  /** The group's published score, used in place of inputs that were not published. */
  readonly onlineServicesPublishedScore?: number | null;
  readonly onlinePaymentPublishedScore?: number | null;
}

export type Decision766Group =
  | 'transparency'
  | 'progress'
  | 'onlineServices'
  | 'onlinePayment'
  | 'digitisation'
  | 'satisfaction';

/** One metric: its number in the Decision, its maximum and its score (null = an input was not published). */
export interface Decision766Metric {
  readonly id: string;
  readonly group: Decision766Group;
  readonly max: number;
  readonly score: number | null;
}

export interface Decision766Score {
  readonly total: number | null;
  readonly groups: Readonly<Record<Decision766Group, number | null>>;
  readonly metrics: readonly Decision766Metric[];
}

/** Hundredths of a score, rounded half up: `max · n/d`, reached in full at `full` tenths of the ratio. */
function hundredths(max: number, pair: Pair | null, full = 10): number | null {
  if (pair === null) return null;
  const [n, d] = pair;
  if (!Number.isSafeInteger(n) || !Number.isSafeInteger(d) || n < 0 || d < 0) {
    throw new RangeError(`decision 766: a pair must hold counts, got ${typeof n}, ${typeof d}`);
  }
  if (d === 0) return 0;
  const numerator = BigInt(max) * 1000n * BigInt(n);
  const denominator = BigInt(full) * BigInt(d);
  const rounded = Number((2n * numerator + denominator) / (2n * denominator));
  return Math.min(rounded, max * 100);
}

function pairOf(n: number | null, d: number | null): Pair | null {
  return n === null || d === null ? null : [n, d];
}

/** A petition metric: no petition at all scores in full. */
function petitionHundredths(n: number | null, d: number | null): number | null {
  return d === 0 ? 600 : hundredths(6, pairOf(n, d));
}

/**
 * The scores of one province (or unit). A metric with an unpublished input is null and makes its group null, unless the
 * group's published score is given in its place; a null group makes the total null. Errors: RangeError when a
 * pair does not hold counts.
 */
export function scoreDecision766(inputs: Decision766Inputs): Decision766Score {
  const { transparency: t, digitisation: g, payment: p, satisfaction: s, onlineServices: o } = inputs;
  const certified = g.certifiedCopyPublishedScore;
  const rows: [string, Decision766Group, number, number | null][] = [
    ['1.1', 'transparency', 6, hundredths(6, t.announcedOnTime)],
    ['1.2', 'transparency', 4, hundredths(4, t.publicisedOnTime)],
    ['1.3', 'transparency', 2, hundredths(2, t.contentFull)],
    ['1.4', 'transparency', 6, hundredths(6, t.dossiersSynced)],
    [
      '2.1',
      'progress',
      20,
      inputs.progress && hundredths(20, [inputs.progress.onTime, inputs.progress.received]),
    ],
    ['3.1', 'onlineServices', 2, hundredths(2, o?.proceduresOnline ?? null, 8)],
    ['3.2', 'onlineServices', 4, hundredths(4, o?.servicesWithDossiers ?? null)],
    ['3.3', 'onlineServices', 6, hundredths(6, o?.dossiersOnline ?? null, 5)],
    ['3.5a', 'onlinePayment', 2, hundredths(2, pairOf(p.proceduresIntegrated, p.feeProcedures), 8)],
    ['3.5b', 'onlinePayment', 2, hundredths(2, pairOf(p.proceduresWithOnlinePayment, p.feeProcedures), 8)],
    ['3.6', 'onlinePayment', 6, hundredths(6, pairOf(p.dossiersPaidOnline, p.dossiersWithObligation))],
    ['4.1', 'digitisation', 6, hundredths(6, g.electronicResult)],
    ['4.2', 'digitisation', 4, hundredths(4, g.digitised)],
    ['4.3', 'digitisation', 2, hundredths(2, g.reused, 8)],
    ['4.4', 'digitisation', 4, hundredths(4, g.personalStoreConnected)],
    ['4.5a', 'digitisation', 2, hundredths(2, g.populationDataProcedures)],
    ['4.5b', 'digitisation', 2, hundredths(2, g.populationDataDossiers)],
    ['4.6', 'digitisation', 2, certified === null ? null : Math.round(certified * 100)],
    ['5.2', 'satisfaction', 6, petitionHundredths(s.petitionsOnTime, s.petitions)],
    ['5.3', 'satisfaction', 6, petitionHundredths(s.petitionsSatisfied, s.petitions)],
    ['5.4', 'satisfaction', 6, hundredths(6, pairOf(s.dossiersSatisfied, s.dossiers), 9)],
  ];
  const published: Partial<Record<Decision766Group, number | null | undefined>> = {
    onlineServices: inputs.onlineServicesPublishedScore,
    onlinePayment: inputs.onlinePaymentPublishedScore,
  };
  const groups = {
    transparency: groupHundredths(rows, published, 'transparency'),
    progress: groupHundredths(rows, published, 'progress'),
    onlineServices: groupHundredths(rows, published, 'onlineServices'),
    onlinePayment: groupHundredths(rows, published, 'onlinePayment'),
    digitisation: groupHundredths(rows, published, 'digitisation'),
    satisfaction: groupHundredths(rows, published, 'satisfaction'),
  };
  const total = Object.values(groups).reduce<number | null>(
    (sum, score) => (sum === null || score === null ? null : sum + score),
    0,
  );
  return {
    total: asScore(total),
    groups: Object.fromEntries(
      Object.entries(groups).map(([group, score]) => [group, asScore(score)]),
    ) as Record<Decision766Group, number | null>,
    metrics: rows.map(([id, group, max, score]) => ({ id, group, max, score: asScore(score) })),
  };
}

function asScore(value: number | null): number | null {
  return value === null ? null : value / 100;
}

function groupHundredths(
  rows: readonly [string, Decision766Group, number, number | null][],
  published: Partial<Record<Decision766Group, number | null | undefined>>,
  group: Decision766Group,
): number | null {
  const scores = rows.filter((row) => row[1] === group).map((row) => row[3]);
  if (scores.every((score) => score !== null)) return scores.reduce((sum, score) => sum + score, 0);
  const given = published[group];
  return given === undefined || given === null ? null : Math.round(given * 100);
}
