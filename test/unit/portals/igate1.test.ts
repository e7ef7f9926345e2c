/** The practice iGate 1 wizard: a filing is logged by its last step alone, whatever the tenant's number of steps. */
import { afterEach, describe, expect, it } from 'vitest';
import { system } from '../../browser/day/igate1.ts';
import { type Igate1Options, type Igate1Portal, startIgate1 } from '../../portals/igate1.ts';
import { CHOICE, NO_PROCESS, type Procedure } from '../../portals/igate1-pages.ts';

let portal: Igate1Portal | null = null;
afterEach(async () => {
  await portal?.close();
  portal = null;
});

async function start(options: Partial<Igate1Options> = {}): Promise<Igate1Portal> {
  portal = await startIgate1(options);
  return portal;
}

interface Answered {
  readonly path: string;
  readonly html: string;
}

async function ask(path: string, form?: Readonly<Record<string, string>>): Promise<Answered> {
  const answer = await fetch(
    portal!.url + path,
    form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) },
  );
  const { pathname, search } = new URL(answer.url);
  return { path: pathname + search, html: await answer.text() };
}

const FORM = { ChuHoSo_tenChuHoSo: 'An', HoSoOnline_veViec: 'Việc', camDoan: '1' };
const wizard = (step: string) => `/${portal!.root}/tiep-nhan-online/${step}`;
const choice = ({ number }: Procedure) => `${wizard(CHOICE)}?ma-thu-tuc-public=${number}`;
const actions = () => portal!.log().filter(({ kind }) => kind === 'action');
const good = () => portal!.procedures.find(({ hasProcess, failsAtEnd }) => hasProcess && !failsAtEnd)!;

/** Walks to the page on which the last step stands. */
async function toLast(procedure: Procedure): Promise<Answered> {
  let here = await ask(choice(procedure), {});
  for (const step of portal!.steps.slice(0, -1)) {
    expect(here.path).toContain(step);
    here = await ask(here.path, FORM);
  }
  return here;
}

describe.each([2, 3, 4] as const)('a wizard of %i steps', (wizardSteps) => {
  it('logs one filing, at the end, and none when its result is seen again', async () => {
    await start({ wizardSteps });
    const last = await toLast(good());
    expect(actions()).toEqual([]);
    expect(last.html).toContain('Đồng ý và tiếp tục');
    const result = await ask(last.path, FORM);
    expect(result.html).toContain('<h4>Nộp hồ sơ thành công</h4>');
    expect(actions()).toMatchObject([{ action: 'assistFiling', n: 1 }]);
    const [{ codes }] = actions() as unknown as [{ codes: string[] }];
    expect(result.html).toContain(codes[0]);
    expect((await ask(result.path)).html).toContain(codes[0]);
    const again = await ask(last.path, FORM);
    expect(again.html).toContain('không thể nộp lại');
    expect(again.html).not.toContain('<h4>Nộp hồ sơ thành công</h4>');
    expect(actions()).toHaveLength(1);
  });

  it('logs none where the last step lacks the oath or has no process', async () => {
    await start({ wizardSteps });
    const last = await toLast(good());
    expect((await ask(last.path, { ...FORM, camDoan: '' })).html).toContain('alert-danger');
    const bad = portal!.procedures.find(({ failsAtEnd }) => failsAtEnd)!;
    const failed = await ask((await toLast(bad)).path, FORM);
    expect(failed.html).toContain(NO_PROCESS);
    expect(actions()).toEqual([]);
    expect(portal!.log()).toContainEqual(expect.objectContaining({ what: 'failed:assistFiling' }));
  });
});

it('shows the same button on every step, filled-in fields, and a missing name', async () => {
  await start({ wizardSteps: 4, secrets: ['BÍMẬT'] });
  let here = await ask(choice(good()), {});
  expect(here.html).toMatch(/name="CongDan_tenCongDan" value="BÍMẬT"/);
  expect(here.html).toMatch(/name="CongDan_soCmnd" value="[^"]+" readonly/);
  expect((await ask(here.path, { ...FORM, ChuHoSo_tenChuHoSo: ' ' })).html).toContain(
    'Vui lòng nhập tên chủ hồ sơ',
  );
  for (const step of portal!.steps) {
    expect(here.path).toContain(step);
    expect(here.html.match(/id="btn-next"[^>]*>Đồng ý và tiếp tục</g)).toHaveLength(1);
    here = await ask(here.path, FORM);
  }
  expect(here.html).not.toContain('btn-next');
  expect(JSON.stringify(portal!.log())).not.toContain('BÍMẬT');
});

it('stops a procedure without a process at the choice of its case', async () => {
  await start();
  const none = portal!.procedures.find(({ hasProcess }) => !hasProcess)!;
  const here = await ask(choice(none), {});
  expect(here.path).toContain(CHOICE);
  expect(here.html).toContain(NO_PROCESS);
});

it('shows no result for a filing that was not sent', async () => {
  await start();
  const last = await toLast(good());
  const sid = new URLSearchParams(last.path.split('?')[1]).get('sid')!;
  expect((await ask(`${wizard('ket-qua-nop-ho-so')}?sid=${sid}`)).path).toContain(portal!.steps.at(-1));
  expect(actions()).toEqual([]);
});

it('lists procedures under the headers of the province’s guide, in any order', async () => {
  for (const areColumnsShuffled of [false, true]) {
    await start({ areColumnsShuffled, seed: 2 });
    const { html } = await ask(`/${portal!.unit}/bothutuc/listThuTuc?tukhoa=&linh_vuc=&muc_do=&page=1`);
    const heads = [...html.matchAll(/<th>(.*?)<\/th>/g)].map((found) => found[1]);
    const wanted = ['STT', 'Mã chuẩn', 'Tên thủ tục', 'Lĩnh vực', 'Cơ quan thực hiện', 'Mức độ', 'Thao tác'];
    if (areColumnsShuffled) {
      expect(heads).not.toEqual(wanted);
      expect(heads.sort()).toEqual(wanted.sort());
    } else expect(heads).toEqual(wanted);
    await portal!.close();
  }
});

it('a day holds the wanted filings, and more that are none', async () => {
  const started = await system.start({
    name: 'plain',
    seed: 5,
    latencyMs: 0,
    isLatencyMixed: false,
    mode: 'reload',
    dossiers: 0,
    areHeadersRenamed: false,
    areColumnsShuffled: false,
    areClassesRebuilt: false,
  });
  try {
    const steps = started.steps({ actions: 150, nonEvents: 100 });
    expect(steps.filter(({ kind }) => kind === 'action').length).toBeGreaterThanOrEqual(150);
    expect(
      steps.filter(({ name }) => /broken off|fails|missing|success page/.test(name)).length,
    ).toBeGreaterThan(30);
  } finally {
    await started.close();
  }
});
