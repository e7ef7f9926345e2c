import { describe, expect, it } from 'vitest';
import { readMessage } from '../../../lib/extension/message-schema.ts';

const at = Date.parse('2026-01-10T02:00:00Z');
const context = { pack: 'igate2@0.3.0', page: 'list', rank: 2 };
const ref = { document: 'doc-1', counter: 3 };
const dossier = {
  code: 'H41.17.3-260105-0001',
  otherCodes: ['G22.99.3-260105-0001'],
  facts: { status: 'processing', due: null },
  arrived: at,
  seen: at + 5,
  locator: 0,
};
const armed = {
  rule: 'receive',
  action: 'receive',
  codes: ['H41.17.3-260105-0001'],
  selected: null,
  at,
  within: 20_000,
};
const rows = { type: 'page-worker/rows', ref, context, dossiers: [dossier], documents: [] };
const confirm = { type: 'page-worker/confirm', ref, context, armed, confirm: 'toast', count: null };
const health = { type: 'page-worker/health', ref, context, health: 'broken', unread: 4 };

const good: [string, unknown][] = [
  ['hello', { type: 'page-worker/hello', origin: 'https://motcua.example.gov.vn' }],
  ['rows', rows],
  ['empty rows', { ...rows, dossiers: [] }],
  ['arm', { type: 'page-worker/arm', armed, context }],
  ['confirm', confirm],
  ['health', health],
  ['pause', { type: 'panel-worker/pause', paused: true }],
  ['bind', { type: 'extension-worker/bind', origin: 'https://a.gov.vn', family: 'igate2', name: 'A' }],
];

/** Each: what is wrong, the message, the field that must be named. */
const bad: [string, unknown, string][] = [
  ['no object', 'text', 'type'],
  ['null', null, 'type'],
  ['unknown type', { type: 'page-worker/steal' }, 'type'],
  ['a code that is a name', { ...rows, dossiers: [{ ...dossier, code: 'Nguyễn Văn A' }] }, 'dossiers.0.code'],
  [
    'a code with an impossible day',
    { ...rows, dossiers: [{ ...dossier, code: 'H41-261399-0001' }] },
    'dossiers.0.code',
  ],
  [
    'another code that is none',
    { ...rows, dossiers: [{ ...dossier, otherCodes: ['0912345678'] }] },
    'dossiers.0.otherCodes.0',
  ],
  [
    'a fact of our own making',
    { ...rows, dossiers: [{ ...dossier, facts: { owner: 'x' } }] },
    'dossiers.0.facts',
  ],
  [
    'an unknown status',
    { ...rows, dossiers: [{ ...dossier, facts: { status: 'lost' } }] },
    'dossiers.0.facts.status',
  ],
  [
    'a date the calendar lacks',
    { ...rows, dossiers: [{ ...dossier, facts: { due: '2026-02-30' } }] },
    'dossiers.0.facts.due',
  ],
  ['a time before the code age', { ...rows, dossiers: [{ ...dossier, seen: 5 }] }, 'dossiers.0.seen'],
  ['a time that is text', { ...rows, dossiers: [{ ...dossier, arrived: 'now' }] }, 'dossiers.0.arrived'],
  ['a fractional locator', { ...rows, dossiers: [{ ...dossier, locator: 0.5 }] }, 'dossiers.0.locator'],
  ['too many rows', { ...rows, dossiers: Array(501).fill(dossier) }, 'dossiers'],
  ['no ref', { ...rows, ref: undefined }, 'ref'],
  ['a ref with text in it', { ...rows, ref: { document: 'a b', counter: 1 } }, 'ref.document'],
  ['a negative counter', { ...rows, ref: { document: 'a', counter: -1 } }, 'ref.counter'],
  ['a pack without a version', { ...rows, context: { ...context, pack: 'igate2' } }, 'context.pack'],
  ['a rank beyond', { ...rows, context: { ...context, rank: 10 } }, 'context.rank'],
  ['a long page name', { ...rows, context: { ...context, page: 'x'.repeat(41) } }, 'context.page'],
  ['an unknown action', { ...confirm, armed: { ...armed, action: 'delete' } }, 'armed.action'],
  ['free text as a code', { ...confirm, armed: { ...armed, codes: ['Trần Thị B'] } }, 'armed.codes.0'],
  ['a count beyond', { ...confirm, count: 10_001 }, 'count'],
  ['a window of a day', { ...confirm, armed: { ...armed, within: 86_400_000 } }, 'armed.within'],
  ['an unknown health', { ...health, health: 'fine' }, 'health'],
  [
    'a document row with a subject',
    { ...rows, documents: [{ id: 'V/v họp giao ban', role: 'PH', due: null, state: 'done', seen: at }] },
    'documents.0.id',
  ],
  [
    'a role that is none',
    { ...rows, documents: [{ id: '9', role: 'CC', due: null, state: 'done', seen: at }] },
    'documents.0.role',
  ],
  [
    'an origin with a path',
    { type: 'extension-worker/bind', origin: 'https://a.gov.vn/x', family: 'f', name: 'n' },
    'origin',
  ],
  [
    'a script origin',
    { type: 'extension-worker/bind', origin: 'javascript:alert(1)', family: 'f', name: 'n' },
    'origin',
  ],
  ['a PIN of letters', { type: 'extension-worker/add-person', name: 'A', pin: 'abcd' }, 'pin'],
  [
    'no reason',
    { type: 'extension-worker/manual', ref, action: 'receive', n: 1, day: '2026-01-05', reason: '' },
    'reason',
  ],
  [
    'nothing done',
    { type: 'extension-worker/manual', ref, action: 'receive', n: 0, day: '2026-01-05', reason: 'x' },
    'n',
  ],
  ['a file that is no base64', { type: 'extension-worker/receipt', file: '<>' }, 'file'],
];

describe('readMessage', () => {
  it.each(good)('reads %s', (_, message) => {
    expect(readMessage(message)).toEqual({ ok: true, message });
  });

  it.each(bad)('refuses %s and names the field', (_, message, field) => {
    expect(readMessage(message)).toMatchObject({ ok: false, field });
  });

  it('never repeats a value of the page', () => {
    const secret = 'Lê Văn Kín 001099012345';
    const spoiled = [
      { ...rows, dossiers: [{ ...dossier, code: secret }] },
      { ...rows, [secret]: 1 },
      { ...rows, dossiers: [{ ...dossier, facts: { [secret]: secret } }] },
      { type: secret },
      { ...rows, dossiers: [{ ...dossier, facts: { agency: { [secret]: 1 } } }] },
    ];
    for (const message of spoiled) {
      const reading = readMessage(message);
      expect(reading.ok).toBe(false);
      expect(JSON.stringify(reading)).not.toContain('Kín');
    }
  });
});
