/**
 * Practice national portal (host-pages §3): public look-up, procedures, filing on a citizen's behalf, scores. A look-up is
 * nobody's work; a filing is logged only when the receiving side truly took it.
 */
import { seedDay } from './bulk.ts';
import { localDay } from './calendar.ts';
import {
  type Dress,
  type Filing,
  filingHtml,
  layout,
  lookupHtml,
  lookupTable,
  outsideHtml,
  PATH,
  type Procedure,
  panelsHtml,
  procedureHtml,
  proceduresHtml,
  resultHtml,
  scoresHtml,
} from './dvcqg-pages.ts';
import { type Answer, type Call, json, latencyOf, listen } from './http.ts';
import { lookOf } from './look.ts';
import { dutyOf, generated, hostOptions, type PracticeHost } from './practice-host.ts';
import { makeRecorder, type Recorder } from './recorder.ts';
import { makeCitizen, OFFICES, PROCEDURES, random } from './seed.ts';
import type { Citizen, Dossier, PortalOptions } from './types.ts';

export interface DvcqgPortal extends PracticeHost {
  readonly kind: 'dvcqg';
  /** `jsp` comes back by reload, `react` draws itself. */
  readonly build: Dress['build'];
  readonly dossiers: readonly Dossier[];
  readonly procedures: readonly Procedure[];
  readonly pageSize: number;
}

interface Room {
  readonly dossiers: readonly Dossier[];
  readonly procedures: readonly Procedure[];
  readonly recorder: Recorder;
  readonly dress: Dress;
  readonly size: number;
  readonly citizen: () => Citizen;
  readonly filings: Map<string, Filing>;
}

const REFUSED = 'Nộp hồ sơ không thành công. Hệ thống tiếp nhận chưa sẵn sàng.';
const NAMELESS = 'Vui lòng nhập chủ hồ sơ';

/** Dossiers whose code holds the text, page by page; nothing is found for no text. */
function search(text: string, page: number, { dossiers, recorder, dress, size }: Room) {
  const found = text === '' ? [] : dossiers.filter(({ code }) => code.includes(text));
  const first = (page - 1) * size;
  const table = lookupTable(found.slice(first, first + size), first, dress);
  const render = recorder.offer({ view: 'dvcqg:lookup', page, dossiers: table.shown });
  if (found.length === 0) recorder.notWork('shown:nothing found');
  return { render, table, page, pages: Math.max(1, Math.ceil(found.length / size)) };
}

/** What becomes of a filing that was sent: its code, or null when it was refused. */
function send(filing: Filing, { recorder, filings }: Room): string | null {
  if (filing.procedure.fails) {
    recorder.notWork('failed:assistFiling');
    return null;
  }
  const day = localDay(Date.now()).slice(2).replaceAll('-', '');
  const code = `G22.99-${day}-${String(300_000 + filings.size)}`;
  filing.code = code;
  recorder.action('assistFiling', [code]);
  return code;
}

function begin(procedure: Procedure, { filings, citizen }: Room): Filing {
  const filing: Filing = {
    id: `p${filings.size + 1}`,
    procedure,
    citizen: citizen(),
    step: 1,
    code: null,
  };
  filings.set(filing.id, filing);
  return filing;
}

/** The wizard of the JSP build: every step a form and a reload. */
function jspFiling(call: Call, room: Room): Answer {
  const { procedures, filings, dress, recorder } = room;
  const show = (filing: Filing, step: number, error = '') =>
    layout('Nộp hồ sơ', filingHtml(filing, step, error, dress), {}, dress);
  const go = (filing: Filing, step: number): Answer => ({
    status: 302,
    headers: { location: `${PATH.filing}?phien=${filing.id}&buoc=${step}` },
    body: '',
  });
  const procedure = procedures.find(({ code }) => code === call.query.get('ma'));
  if (procedure) return go(begin(procedure, room), 1);
  const filing = filings.get(call.query.get('phien') ?? '');
  if (!filing) return { status: 302, headers: { location: PATH.procedures }, body: '' };
  const step = Number(call.query.get('buoc') ?? '1');
  if (call.method !== 'POST') {
    return step > filing.step ? go(filing, filing.step) : show(filing, step);
  }
  if (filing.code !== null) {
    recorder.notWork('again:assistFiling', [filing.code]);
    return show(filing, step, 'Hồ sơ này đã được nộp');
  }
  const form = new URLSearchParams(call.body);
  if (step === 1 && !form.get('chuHoSo')?.trim()) {
    recorder.notWork('refused:step 1');
    return show(filing, step, NAMELESS);
  }
  if (step === 3 && send(filing, room) === null) return show(filing, step, REFUSED);
  filing.step = Math.max(filing.step, step + 1);
  if (step < 3) recorder.notWork(`step:${step}`);
  return go(filing, step + 1);
}

/** The gateway the newer build talks to. */
function gateway(call: Call, room: Room): Answer {
  const asked = JSON.parse(new URLSearchParams(call.body).get('params') ?? '{}') as Record<string, string>;
  if (asked.service === 'tra_cuu_ho_so_service') {
    const { table, ...rest } = search(asked.ma ?? '', Number(asked.trang ?? '1'), room);
    return json({ ...rest, heads: table.heads, rows: table.rows });
  }
  const procedure = room.procedures.find(({ code }) => code === asked.ma);
  if (asked.service !== 'nop_ho_so_service' || !procedure) return json({ error: 'service' }, 404);
  if (!asked.chuHoSo?.trim()) {
    room.recorder.notWork('refused:assistFiling');
    return json({ error: NAMELESS });
  }
  const code = send(begin(procedure, room), room);
  return json(code === null ? { error: REFUSED } : { html: resultHtml(code, procedure, room.dress) });
}

function lookup(call: Call, room: Room): Answer {
  const { dress } = room;
  if (dress.build === 'react') {
    return layout(
      'Tra cứu hồ sơ',
      '<h2>Tra cứu hồ sơ</h2>',
      { page: 'lookup', names: dress.css('table') },
      dress,
    );
  }
  const text = (call.query.get('ma_ho_so') ?? '').trim();
  if (!call.query.has('ma_ho_so')) return layout('Tra cứu hồ sơ', lookupHtml('', null, 1, 1), {}, dress);
  const { render, table, page, pages } = search(text, Number(call.query.get('trang') ?? '1'), room);
  return layout('Tra cứu hồ sơ', lookupHtml(text, table, page, pages), { render }, dress);
}

/** The pages under /p/home/ and beside it; null where there is none. */
function pageOf(call: Call, room: Room): Answer | null {
  const { procedures, recorder, dress } = room;
  const plain = (title: string, content: string, seen: string) => {
    recorder.notWork(`shown:${seen}`);
    return layout(title, content, {}, dress);
  };
  switch (call.path) {
    case PATH.home:
      return plain('Trang chủ', '<h2>Cổng Dịch vụ công</h2><p>Kết nối, cung cấp thông tin</p>', 'home');
    case PATH.lookup:
      return lookup(call, room);
    case PATH.procedures:
      return plain(
        'Thủ tục',
        proceduresHtml(procedures, call.query.get('tu_khoa') ?? '', dress),
        'procedures',
      );
    case PATH.procedure: {
      const one = procedures.find(({ code }) => code === call.query.get('ma'));
      return one ? plain('Chi tiết thủ tục', procedureHtml(one, dress), 'procedure') : null;
    }
    case PATH.scores:
      return plain('Chỉ số', scoresHtml(random(7)), 'scores');
    case PATH.login:
      if (call.method === 'POST') return { status: 302, headers: { location: PATH.home }, body: '' };
      return plain(
        'Đăng nhập',
        outsideHtml('Đăng nhập VNeID', call.query.get('ma_ho_so') ?? '', 'Tiếp tục'),
        'login',
      );
    case PATH.payment: {
      const code = call.query.get('transactionId') ?? '';
      return plain('Thanh toán', outsideHtml('Thanh toán lệ phí', code, 'Thanh toán'), 'payment');
    }
    case PATH.filing: {
      if (dress.build === 'jsp') return jspFiling(call, room);
      const procedure = procedures.find(({ code }) => code === call.query.get('ma'));
      if (!procedure) return null;
      recorder.notWork('shown:wizard');
      const content = panelsHtml({ procedure, citizen: room.citizen() }, dress);
      return layout('Nộp hồ sơ', '', { page: 'filing', ma: procedure.code, content }, dress);
    }
    default:
      return null;
  }
}

/** Starts the practice national portal on its own origin: `reload` gives the JSP build, `xhr` the newer one. */
export async function startDvcqg(some: Partial<PortalOptions> = {}): Promise<DvcqgPortal> {
  const options = hostOptions(some);
  const duty = dutyOf(options);
  const recorder = makeRecorder(duty.duty);
  const next = random(options.seed ^ 0xd5c96);
  const citizen = makeCitizen(next, options.secrets);
  const name = generated(options);
  const classes = new Map<string, string>();
  const css = (of: string) => {
    const known = classes.get(of) ?? `css-${name(6)}`;
    classes.set(of, known);
    return known;
  };
  const room: Room = {
    dossiers: seedDay(options.seed, Date.now(), options.dossiers, 5_000).map((one) => ({
      ...one,
      person: citizen(),
    })),
    procedures: PROCEDURES.flatMap((one, at) => [
      { ...one, agency: OFFICES[at % 3]!.name, fails: false },
      { ...one, code: `4.${one.code.slice(2)}`, agency: OFFICES[at % 3]!.name, fails: at % 4 === 1 },
    ]),
    recorder,
    dress: { build: options.mode === 'reload' ? 'jsp' : 'react', look: lookOf(options), css },
    size: options.pageSize ?? 10,
    citizen,
    filings: new Map(),
  };
  const lag = latencyOf(options);
  const server = await listen(async (call: Call): Promise<Answer> => {
    const beacon = recorder.painted(call);
    if (beacon) return beacon;
    await lag();
    if (call.path === '/jsp/rest.jsp') return gateway(call, room);
    return pageOf(call, room) ?? { status: 302, headers: { location: PATH.home }, body: '' };
  }, options.port);
  return {
    kind: 'dvcqg',
    url: server.url,
    build: room.dress.build,
    dossiers: room.dossiers,
    procedures: room.procedures,
    pageSize: room.size,
    log: () => recorder.log,
    setDuty: duty.setDuty,
    note: recorder.notWork,
    close: server.close,
  };
}
