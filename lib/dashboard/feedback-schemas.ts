/** What the hub may answer about ratings, counters, kiosks, questionnaires and clips; see `schemas.ts`. */
import * as z from 'zod/mini';
import type { Questionnaire } from '../domain/questionnaire.ts';
import { readQuestionnaire } from '../domain/questionnaire-schema.ts';

const count = z.int().check(z.gte(0));
const text = z.string();
const maybeText = z.nullable(text);
const counts = z.record(text, count);
const source = z.enum(['kiosk', 'phone', 'widget']);

const place = { unit: text, unitName: text, counter: maybeText, counterName: maybeText };
const days = { firstDay: text, lastDay: text };
const visits = { ratings: count, flagged: count, abandoned: count, phone: count };

/** A questionnaire that this page cannot read is left out: its answers are then shown by their ids. */
const questionnaires = z.pipe(
  z.array(z.unknown()),
  z.transform((all): Questionnaire[] =>
    all.flatMap((one) => {
      const read = readQuestionnaire(one);
      return read.ok ? [read.questionnaire] : [];
    }),
  ),
);

export const feedbackSchema = z.object({
  unit: z.object({ id: text, name: text }),
  period: z.object({ id: text, from: text, to: text }),
  asOf: text,
  closedThrough: maybeText,
  released: count,
  flagged: count,
  waitingAtLeast: count,
  cells: z.array(
    z.object({
      ...place,
      ...days,
      questionnaire: text,
      source,
      isFlagged: z.boolean(),
      groups: count,
      n: count,
      levels: z.record(text, z.array(count)),
      reasons: counts,
    }),
  ),
  groups: z.array(
    z.object({
      ...place,
      ...days,
      id: z.number(),
      questionnaire: text,
      source,
      isFlagged: z.boolean(),
      n: count,
      releasedOn: text,
      flags: z.record(
        text,
        z.object({
          n: count,
          limits: z.record(text, z.union([z.number(), text])),
          days: z.exactOptional(z.array(z.object({ day: text, ratings: count, returns: count }))),
        }),
      ),
    }),
  ),
  rates: z.array(
    z.object({
      ...place,
      ...days,
      ...visits,
      spans: count,
      numerator: count,
      denominator: z.nullable(count),
    }),
  ),
  spans: z.array(z.object({ ...place, ...days, ...visits, returns: z.nullable(count) })),
  comments: z.array(
    z.object({
      ...place,
      ...days,
      hash: text,
      text: maybeText,
      isErased: z.boolean(),
      questionnaire: text,
      source,
      isFlagged: z.boolean(),
      answers: counts,
      reasons: z.array(text),
    }),
  ),
  questionnaires,
});

const counter = z.object({
  id: text,
  unit: text,
  unitName: text,
  name: text,
  isActive: z.boolean(),
  devices: z.array(z.object({ id: text, kind: text, name: text })),
});
export const countersSchema = z.object({ counters: z.array(counter) });

export const kiosksSchema = z.object({
  kiosks: z.array(
    z.object({
      id: text,
      name: text,
      unit: z.object({ id: text, name: text }),
      status: z.enum(['active', 'revoked']),
      counter: maybeText,
      counterName: maybeText,
      heardAt: maybeText,
      unsent: count,
      words: z.array(
        z.object({
          topic: text,
          state: text,
          at: text,
          detail: z.record(text, z.union([text, z.number(), z.boolean()])),
        }),
      ),
    }),
  ),
});

const questionnaireRow = z.object({
  ref: text,
  origin: z.enum(['shipped', 'hub']),
  questionnaire: z.unknown(),
  madeAt: maybeText,
  units: z.array(text),
});
export const questionnairesSchema = z.object({
  questionnaires: z.pipe(
    z.array(questionnaireRow),
    z.transform((rows) =>
      rows.flatMap((row) => {
        const read = readQuestionnaire(row.questionnaire);
        return read.ok ? [{ ...row, questionnaire: read.questionnaire }] : [];
      }),
    ),
  ),
});

const hours = z.array(z.object({ days: z.array(count), from: text, to: text }));
const rules = {
  openingHours: hours,
  moreThanReturns: z.object({ percent: count, slack: count }),
  interval: z.object({ perQuarter: count }),
  series: z.object({ count, quarters: count }),
  phoneBurst: z.object({ perQuarter: count }),
  idleSeconds: z.nullable(count),
};
const inForce = <Value extends z.ZodMiniType>(value: Value) =>
  z.object({ value, from: z.nullable(z.object({ id: text, name: text })) });

export const kioskSettingSchema = z.object({
  setting: z.object({
    unit: text,
    unitName: text,
    own: z.object({
      questionnaire: maybeText,
      isOutOfService: z.nullable(z.boolean()),
      rules: z.object({
        openingHours: z.exactOptional(rules.openingHours),
        moreThanReturns: z.exactOptional(rules.moreThanReturns),
        interval: z.exactOptional(rules.interval),
        series: z.exactOptional(rules.series),
        phoneBurst: z.exactOptional(rules.phoneBurst),
        idleSeconds: z.exactOptional(rules.idleSeconds),
      }),
    }),
    inForce: z.object({
      questionnaire: inForce(text),
      isOutOfService: inForce(z.boolean()),
      rules: z.object({
        openingHours: inForce(rules.openingHours),
        moreThanReturns: inForce(rules.moreThanReturns),
        interval: inForce(rules.interval),
        series: inForce(rules.series),
        phoneBurst: inForce(rules.phoneBurst),
        idleSeconds: inForce(rules.idleSeconds),
      }),
    }),
  }),
});

export const clipsSchema = z.object({
  clips: z.array(
    z.object({
      sha256: text,
      language: text,
      phrase: text,
      mime: text,
      bytes: count,
      stage: z.enum(['proposed', 'shared', 'withdrawn']),
      deviceName: text,
      unitName: text,
      madeAt: text,
      decidedAt: maybeText,
    }),
  ),
});
