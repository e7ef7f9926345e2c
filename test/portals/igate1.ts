/**
 * Practice iGate 1.x ("legacy"): the citizen wizard that officials use on citizens' behalf, by form POST and full reload
 * (host-pages §2). Filing is logged only when the server truly took the last step; its officer side is unknown and absent.
 */
import { localMinute } from './calendar.ts';
import { type Answer, type Call, latencyOf, listen } from './http.ts';
import {
  CHOICE,
  choicePage,
  type Filing,
  NO_PROCESS,
  type Procedure,
  plainPage,
  procedurePage,
  proceduresPage,
  RESULT,
  resultPage,
  STEPS,
  STEPS_OF,
  stepPage,
  type Tenant,
} from './igate1-pages.ts';
import { lookOf } from './look.ts';
import { codeOf, drawn, dutyOf, generated, hostOptions, type PracticeHost } from './practice-host.ts';
import { makeRecorder } from './recorder.ts';
import { makeCitizen, OFFICES, PROCEDURES, random } from './seed.ts';
import type { PortalOptions } from './types.ts';

export interface Igate1Options extends PortalOptions {
  /** How many steps this tenant's wizard has after the choice of the case; by the seed when left out. */
  readonly wizardSteps: 2 | 3 | 4;
}

export interface Igate1Portal extends PracticeHost {
  readonly kind: 'igate1';
  readonly procedures: readonly Procedure[];
  /** Names of this tenant's steps, in order. */
  readonly steps: readonly string[];
  /** Begin of the wizard's and of the procedures' addresses. */
  readonly root: string;
  readonly unit: string;
}

const SECTORS = ['Hộ tịch', 'Chứng thực', 'Kinh doanh', 'Đất đai', 'Bảo trợ xã hội'];
const REDIRECT = (location: string): Answer => ({ status: 302, headers: { location }, body: '' });

function seedProcedures(next: () => number): Procedure[] {
  return Array.from({ length: 45 }, (_, at) => {
    const known = PROCEDURES[at % PROCEDURES.length]!;
    const kind = at % 9;
    return {
      number: 3_100 + at * 3,
      code: known.code.replace(/\d{3}/, (digits) => String((Number(digits) + at) % 1000).padStart(3, '0')),
      name: at < PROCEDURES.length ? known.name : `${known.name} (trường hợp ${at})`,
      sector: drawn(next, SECTORS),
      agency: drawn(next, OFFICES).name || 'UBND xã Mẫu An',
      level: drawn(next, ['Toàn trình', 'Một phần']),
      fee: known.fee,
      hasProcess: kind !== 3,
      failsAtEnd: kind === 6,
    };
  });
}

/** What is missing in a step's form; '' when nothing is. */
function lacks(step: string, form: URLSearchParams, isLast: boolean): string {
  if (step === STEPS[0] && !form.get('ChuHoSo_tenChuHoSo')?.trim()) return 'Vui lòng nhập tên chủ hồ sơ';
  if (step === STEPS[1] && !form.get('HoSoOnline_veViec')?.trim()) return 'Vui lòng nhập nội dung hồ sơ';
  return isLast && form.get('camDoan') !== '1' ? 'Vui lòng xác nhận thông tin đã khai' : '';
}

/** Starts the practice wizard on its own origin. */
export async function startIgate1(some: Partial<Igate1Options> = {}): Promise<Igate1Portal> {
  const options = hostOptions(some);
  const duty = dutyOf(options);
  const recorder = makeRecorder(duty.duty);
  const next = random(options.seed ^ 0x16a7e1);
  const citizen = makeCitizen(next, options.secrets);
  const procedures = seedProcedures(next);
  const count = some.wizardSteps ?? ([4, 3, 2] as const)[options.seed % 3]!;
  const tenant: Tenant = {
    root: options.seed % 5 === 4 ? 'bo-cong-an' : 'dich-vu-cong',
    unit: 'xamauan',
    steps: STEPS_OF[count],
    look: lookOf(options),
    token: generated(options)(5),
  };
  const filings = new Map<string, Filing>();
  const stepAddress = (step: string, sid: string) => `/${tenant.root}/tiep-nhan-online/${step}?sid=${sid}`;

  const choose = (call: Call): Answer => {
    const procedure = procedures.find(({ number }) => number === Number(call.query.get('ma-thu-tuc-public')));
    if (!procedure) return REDIRECT(`/${tenant.unit}/bothutuc/listThuTuc`);
    if (call.method !== 'POST') return choicePage(procedure, '', tenant);
    if (!procedure.hasProcess) {
      recorder.notWork('failed:choice');
      return choicePage(procedure, NO_PROCESS, tenant);
    }
    const sid = `${procedure.number}${String(filings.size + 1).padStart(5, '0')}`;
    filings.set(sid, { sid, procedure, citizen: citizen(), accepted: 0, filed: null });
    return REDIRECT(stepAddress(tenant.steps[0]!, sid));
  };
  const file = (filing: Filing, step: string): Answer => {
    if (filing.procedure.failsAtEnd) {
      recorder.notWork('failed:assistFiling');
      return stepPage(filing, step, NO_PROCESS, tenant);
    }
    const at = localMinute(Date.now());
    const code = codeOf(drawn(next, OFFICES).prefix, at, 2_000 + filings.size);
    filing.filed = { code, at };
    recorder.action('assistFiling', [code]);
    return REDIRECT(stepAddress(RESULT, filing.sid));
  };
  const wizard = (step: string, call: Call): Answer => {
    if (step === CHOICE) return choose(call);
    const filing = filings.get(call.query.get('sid') ?? '');
    const at = tenant.steps.indexOf(step);
    if (!filing || (at < 0 && step !== RESULT)) return REDIRECT(`/${tenant.unit}/bothutuc/listThuTuc`);
    if (step === RESULT) {
      return filing.filed
        ? resultPage(filing, tenant)
        : REDIRECT(stepAddress(tenant.steps[filing.accepted]!, filing.sid));
    }
    if (call.method !== 'POST') return stepPage(filing, step, '', tenant);
    if (filing.filed) {
      recorder.notWork('again:assistFiling', [filing.filed.code]);
      return stepPage(filing, step, 'Hồ sơ này đã được nộp, không thể nộp lại', tenant);
    }
    const isLast = at === tenant.steps.length - 1;
    const missing = lacks(step, new URLSearchParams(call.body), isLast);
    if (missing !== '') {
      recorder.notWork(`refused:${step}`);
      return stepPage(filing, step, missing, tenant);
    }
    filing.accepted = Math.max(filing.accepted, at + 1);
    if (isLast) return file(filing, step);
    recorder.notWork(`step:${step}`);
    return REDIRECT(stepAddress(tenant.steps[at + 1]!, filing.sid));
  };

  const lag = latencyOf(options);
  const server = await listen(async (call: Call): Promise<Answer> => {
    await lag();
    const step = new RegExp(`^/${tenant.root}/tiep-nhan-online/([a-z-]+)$`).exec(call.path)?.[1];
    if (step !== undefined) return wizard(step, call);
    if (call.path === `/${tenant.root}/cong-dan`) {
      recorder.notWork('shown:citizen');
      return plainPage(
        'Trang công dân',
        '<h3>Thông tin tài khoản</h3><p>Đã nộp hồ sơ thành công: 3</p>',
        tenant,
      );
    }
    if (call.path === '/dang-nhap') {
      recorder.notWork('shown:login');
      const form = `<form method="post" action="/dang-nhap"><input name="username"><input type="password" name="password"><button id="btn-next" class="btn">Đồng ý và tiếp tục</button></form>
<div class="alert alert-success">Đăng nhập VNeID thành công. Nộp hồ sơ thành công khi đã đăng nhập.</div>`;
      return plainPage('Đăng nhập', form, tenant);
    }
    if (call.path === `/${tenant.unit}/bothutuc/tthc`) {
      const one = procedures.find(({ number }) => number === Number(call.query.get('matt')));
      if (one) return procedurePage(one, tenant);
    }
    if (call.path === `/${tenant.unit}/bothutuc/listThuTuc`) {
      recorder.notWork('shown:procedures');
      const page = Number(call.query.get('page') || '1');
      return proceduresPage(procedures, call.query.get('tukhoa') ?? '', page, options.pageSize ?? 10, tenant);
    }
    return REDIRECT(`/${tenant.unit}/bothutuc/listThuTuc`);
  }, options.port);
  return {
    kind: 'igate1',
    url: server.url,
    procedures,
    steps: tenant.steps,
    root: tenant.root,
    unit: tenant.unit,
    log: () => recorder.log,
    setDuty: duty.setDuty,
    note: recorder.notWork,
    close: server.close,
  };
}
