/**
 * Figures from the hub this page was served by: same-origin requests only, the session in the hub's cookie.
 * Every outcome of the network becomes a value or a typed Failure; nothing throws.
 */

import type * as z from 'zod/mini';
import type { Failure, FileBytes, HandoverResult, User } from '../../components/dashboard/model.ts';
import { BATCH_TYPE, problemSchema, RECEIPT_ENDING } from '../batch/protocol.ts';
import { UNASSIGNED } from '../domain/flows.ts';
import type { Unit } from '../domain/unit.ts';
import { hubComplaints } from './complaint-source.ts';
import { hubFeedback } from './feedback-source.ts';
import { hubPacks } from './pack-source.ts';
import { readReceipt, standingOf } from './receipt.ts';
import {
  catalogueSchema,
  codesSchema,
  devicesSchema,
  figuresSchema,
  importReportSchema,
  madeCodeSchema,
  unitsSchema,
  userSchema,
} from './schemas.ts';
import type { FiguresSource } from './source.ts';
import { type Answer, done, failed, failureOf, notOffered } from './talk.ts';

/** What the browser gives: replaced in tests. */
export interface HubPorts {
  readonly fetch: typeof fetch;
  /** Origin of the hub, `https://hub.example`; requests never leave it. */
  readonly origin: string;
  /** Milliseconds after which a request counts as unanswered. */
  readonly timeout: number;
  /** The language the hub's refusals shall have, `vi` or `en`. */
  readonly language: () => string;
}

interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly query?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly bytes?: Uint8Array;
  readonly type?: string;
  /** A status besides 2xx whose body is an answer all the same. */
  readonly alsoFine?: number;
}

interface Schema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false };
}

/** The hub as a source of figures. */
export function hubSource(ports: HubPorts): FiguresSource {
  const send = (path: string, call: Call = {}) => request(ports, path, call);
  const ask = async <T, R>(path: string, call: Call, schema: Schema<T>, pick: (body: T) => R) => {
    const answer = await send(path, call);
    if (!answer.ok) return failed<R>(answer.failure);
    const body = schema.safeParse(parseJson(answer.value));
    return body.success ? done(pick(body.data)) : failed<R>(failureOf('broken', 'answer'));
  };
  const tell = async (path: string, call: Call): Promise<Answer<null>> => {
    const answer = await send(path, call);
    return answer.ok ? done(null) : failed(answer.failure);
  };
  const csv = (path: string, bytes: Uint8Array, dryRun: boolean) =>
    ask(
      path,
      {
        method: 'POST',
        bytes,
        type: 'text/csv; charset=utf-8',
        alsoFine: 422,
        ...(dryRun ? { query: { dryRun: '1' } } : {}),
      },
      importReportSchema,
      (report) => report,
    );

  return {
    kind: 'hub',
    capabilities: {
      hasLogin: true,
      hasCodes: true,
      hasCatalogueList: true,
      canImportHandover: true,
      acceptsDevices: false,
      hasUnitFile: false,
      hasPacks: true,
      hasFeedback: true,
      hasComplaints: true,
    },
    async session() {
      const answer = await ask<z.output<typeof userSchema>, User | null>(
        '/v1/session',
        {},
        userSchema,
        ({ user }) => user,
      );
      return !answer.ok && answer.failure.kind === 'signedOut' ? done(null) : answer;
    },
    login: (name, password) =>
      ask('/v1/session', { method: 'POST', json: { name, password } }, userSchema, ({ user }) => user),
    logout: () => tell('/v1/session', { method: 'DELETE' }),
    units: () => ask('/v1/units', {}, unitsSchema, ({ units }) => withUnassigned(units)),
    figures: (unit, period) =>
      ask('/v1/indicators', { query: { unit, period } }, figuresSchema, (figures) => figures),
    devices: (unit) => ask('/v1/devices', { query: { unit } }, devicesSchema, ({ devices }) => devices),
    revoke: (device) => tell(`/v1/devices/${encodeURIComponent(device)}/revoke`, { method: 'POST' }),
    acceptDevice: notOffered,
    activationCodes: (unit) =>
      ask('/v1/activation-codes', { query: { unit } }, codesSchema, ({ codes }) => codes),
    makeCode: (wanted) =>
      ask('/v1/activation-codes', { method: 'POST', json: wanted }, madeCodeSchema, (made) => made),
    importUnits: (bytes, dryRun) => csv('/v1/units/import', bytes, dryRun),
    catalogue: () => ask('/v1/catalogue', {}, catalogueSchema, ({ procedures }) => procedures),
    importCatalogue: (bytes, dryRun) => csv('/v1/catalogue/import', bytes, dryRun),
    async importHandover(file) {
      const answer = await send('/v1/handover', { method: 'POST', bytes: file.bytes, type: BATCH_TYPE });
      if (!answer.ok) return { at: 'refused', name: file.name, failure: answer.failure };
      return receivedFile(file, answer.value);
    },
    createUnit: notOffered,
    unitFile: notOffered,
    packs: hubPacks({ ask, tell }),
    feedback: hubFeedback({ ask, tell }),
    complaints: hubComplaints({ ask, tell }),
  };
}

/** Whoever sees the top of the tree also sees the dossiers of no unit; the views give this one its name. */
function withUnassigned(units: readonly Unit[]): readonly Unit[] {
  const hasTop = units.some((unit) => unit.parent === null && unit.kind === 'province');
  if (!hasTop || units.some((unit) => unit.id === UNASSIGNED)) return units;
  const lists = { agencyCodes: [], aliases: [], validFrom: null, validTo: null };
  return [...units, { id: UNASSIGNED, parent: null, name: '', kind: 'other', ...lists }];
}

/** One request; the body as text when the hub said 2xx. */
async function request(ports: HubPorts, path: string, call: Call): Promise<Answer<string>> {
  const url = new URL(path, ports.origin);
  for (const [name, value] of Object.entries(call.query ?? {})) url.searchParams.set(name, value);
  const method = call.method ?? 'GET';
  const headers: Record<string, string> = {
    accept: 'application/json',
    'accept-language': ports.language(),
  };
  if (method !== 'GET') headers['x-nmc'] = '1';
  if (call.json !== undefined) headers['content-type'] = 'application/json';
  if (call.type !== undefined) headers['content-type'] = call.type;
  try {
    const response = await ports.fetch(url, {
      method,
      headers,
      body:
        call.json === undefined ? ((call.bytes as BodyInit | undefined) ?? null) : JSON.stringify(call.json),
      credentials: 'same-origin',
      mode: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(ports.timeout),
    });
    const body = await response.text();
    return response.ok || response.status === call.alsoFine
      ? done(body)
      : failed(failureFrom(response, body));
  } catch {
    return failed(failureOf('offline', 'network'));
  }
}

function failureFrom(response: Response, body: string): Failure {
  const problem = problemSchema.safeParse(parseJson(body));
  const { status } = response;
  const retry = Number(response.headers.get('retry-after'));
  return {
    kind:
      status === 401
        ? 'signedOut'
        : status === 429 || status === 503
          ? 'busy'
          : problem.success && status < 500
            ? 'refused'
            : 'broken',
    code: problem.success ? problem.data.error.code : `http-${status}`,
    field: problem.success ? (problem.data.error.field ?? null) : null,
    message: problem.success ? problem.data.error.message : '',
    retryAfter: Number.isFinite(retry) && retry > 0 ? retry : null,
  };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/** The receipt as people see it. It is read, not verified: it came from our own origin and the device verifies it. */
function receivedFile(file: FileBytes, jws: string): HandoverResult {
  const receipt = readReceipt(jws);
  if (!receipt) return { at: 'refused', name: file.name, failure: failureOf('broken', 'receipt') };
  return {
    at: 'received',
    name: file.name,
    device: receipt.device,
    deviceName: null,
    ...standingOf(receipt),
    receipt: {
      name: `${receipt.device}-${receipt.stream}-${standingOf(receipt).through}${RECEIPT_ENDING}`,
      bytes: new TextEncoder().encode(jws.trim()),
    },
  };
}
