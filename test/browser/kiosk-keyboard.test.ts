/** The built kiosk without a finger and without eyes: a whole visit by keyboard, and what a screen reader is given of each step. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildWeb } from '../../lib/build/web.ts';
import { type EntryOf, readLine } from '../../lib/domain/entry.ts';
import { dress, type Kiosk, openKiosk, openToCitizens, passDoor, shown, sync } from './kiosk-tour.ts';
import { tourSetUp } from './kiosk-tour-staff.ts';

let built: string;
let kiosk: Kiosk;
let page: Page;
let reader: CDPSession;

beforeAll(async () => {
  built = await mkdtemp(join(tmpdir(), 'nmc-web-'));
  await buildWeb({ outDir: built, pages: ['kiosk'] });
});
afterAll(() => rm(built, { recursive: true, force: true }));

beforeEach(async () => {
  kiosk = await openKiosk(built);
  page = kiosk.page;
  await tourSetUp(kiosk, async () => {});
  await openToCitizens(kiosk);
  reader = await kiosk.context.newCDPSession(page);
});
afterEach(() => kiosk.close());

/** Name of what has the focus, and whether it can be seen to have it. */
async function focused(): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const isSeen = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 3;
    const name = element.ariaLabel ?? element.textContent ?? '';
    return `${name.replace(/\s+/g, ' ').trim()}${isSeen ? '' : ' (unseen)'}`;
  });
}

/** The names met by Tab from where the focus is until the page ends. */
async function tabOrder(): Promise<string[]> {
  const names: string[] = [];
  for (;;) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(() => document.activeElement === document.body)) return names;
    const name = await focused();
    if (name === names[0] || names.length > 60) return names;
    names.push(name);
  }
}

async function press(...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
  await page.clock.runFor(50);
}

interface Node {
  readonly nodeId: string;
  readonly parentId?: string;
  readonly childIds?: readonly string[];
  readonly ignored: boolean;
  readonly role?: { readonly value: string };
  readonly name?: { readonly value: string };
  readonly description?: { readonly value: string };
  readonly properties?: readonly { readonly name: string; readonly value: { readonly value?: unknown } }[];
}

/** What a screen reader is given: `role "name"` with its states, in reading order; plain text is left out. */
async function heard(): Promise<string[]> {
  const { nodes } = (await reader.send('Accessibility.getFullAXTree')) as unknown as {
    nodes: readonly Node[];
  };
  const ROLES = new Set([
    'heading',
    'button',
    'textbox',
    'group',
    'dialog',
    'status',
    'alert',
    'timer',
    'img',
  ]);
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const inOrder = (node: Node): Node[] => [
    node,
    ...(node.childIds ?? []).flatMap((id) => (byId.has(id) ? inOrder(byId.get(id)!) : [])),
  ];
  return nodes
    .filter(({ parentId }) => parentId === undefined)
    .flatMap(inOrder)
    .filter(({ ignored, role }) => !ignored && ROLES.has(role?.value ?? ''))
    .map(({ role, name, description, properties }) => {
      const states = (properties ?? [])
        .filter((one) => ['pressed', 'disabled', 'modal', 'focused'].includes(one.name))
        .filter(({ value }) => value.value === true || value.value === 'true')
        .map((one) => ` ${one.name}`);
      const more = description?.value ? ` (${description.value})` : '';
      return `${role?.value} "${name?.value ?? ''}"${more}${states.join('')}`;
    });
}

function ratings(): EntryOf<'feedback'>['body'][] {
  return [...kiosk.hub.entries.values()].flatMap(({ line }) => {
    const reading = readLine(line);
    return reading.ok && reading.entry.kind === 'feedback' ? [reading.entry.body] : [];
  });
}

const TOOLS = ['Chữ to', 'Tương phản cao', 'Chạm thấp', 'VITiếng Việt', 'ENEnglish'];
const DOOR = 'Khu vực công chức, viên chức: nhấn giữ 2 giây';

describe('by keyboard alone', () => {
  it('a whole visit: order, visible focus, arrows, digits, Enter, Space and Escape', async () => {
    const order = await tabOrder();
    expect(order[0]).toBe(DOOR);
    expect(order[1]).toMatch(/^Mời Ông\/Bà đánh giá phục vụ/);
    expect(order.slice(2, 4).map((name) => name.slice(0, 12))).toEqual(['Nộp hồ sơ tr', 'Trả phí, lệ ']);
    expect(order.slice(4)).toEqual(TOOLS);

    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await press('Enter');
    await shown(page, '[data-scale="5"]');
    expect(await focused()).toMatch(/^Chất lượng phục vụ/);
    // The heading has the focus: the answers come next.
    expect(await tabOrder()).toEqual([
      ...['Rất không hài lòng', 'Không hài lòng', 'Bình thường', 'Hài lòng', 'Rất hài lòng'].map(
        (words) => `Chất lượng phục vụ: ${words}`,
      ),
      'Quay lại',
      ...TOOLS,
    ]);
    await page.locator('h1').focus();
    await press('ArrowRight', 'ArrowRight');
    expect(await focused()).toBe('Chất lượng phục vụ: Không hài lòng');
    await press('ArrowUp', 'ArrowLeft');
    expect(await focused()).toBe('Chất lượng phục vụ: Rất hài lòng');
    await press('ArrowDown');
    expect(await focused()).toBe('Chất lượng phục vụ: Rất không hài lòng');
    await press('Enter');
    await shown(page, '[data-scale="3"]');
    await press('Escape');
    await shown(page, '[data-scale="5"]');
    for (const [key, next] of [
      ['2', '[data-scale="3"]'],
      ['3', '[data-scale="4"]'],
      ['4', '[data-scale="10"]'],
      ['0', '.k-reasons'],
    ] as const) {
      await press(key);
      await shown(page, next);
    }
    await press('ArrowRight', 'Space', 'ArrowRight', 'ArrowRight', 'Space');
    expect(await page.locator('.k-reason[aria-pressed=true]').count()).toBe(2);
    await page.locator('.k-done').focus();
    await press('Enter');
    await shown(page, '.k-keys');
    await page.keyboard.type('Caams own');
    expect(await page.locator('textarea').inputValue()).toBe('Cấm ơn');
    await page.locator('.k-done').focus();
    await press('Enter');
    await shown(page, '.k-big-check');
    await page.locator('.k-done').focus();
    await press('Enter');
    await shown(page, '.k-hero');

    await page.clock.resume();
    await passDoor(page);
    await sync(page);
    expect(ratings()).toMatchObject([
      { outcome: 'completed', answers: { s5: 2, s3: 3, s4: 4, s10: 10 }, reasons: ['slow', 'onlinePaper'] },
    ]);
    expect([...kiosk.hub.comments.values()]).toEqual(['Cấm ơn']);
  });

  it('the warning holds the focus: Enter stays, Escape leaves', async () => {
    await press('Enter');
    await shown(page, '.k-question');
    await page.clock.fastForward(30_100);
    await shown(page, '.k-idle[open]');
    expect(await focused()).toBe('Tôi vẫn ở đây');
    const met = new Set<string>();
    for (let turn = 0; turn < 6; turn += 1) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(() => document.activeElement !== document.body)) met.add(await focused());
    }
    expect([...met].sort()).toEqual(['Bắt đầu lại', 'Tôi vẫn ở đây']);
    await page.locator('.k-stay').focus();
    await press('Enter');
    await page.locator('.k-idle').waitFor({ state: 'detached' });
    expect(await page.locator('.k-question').count()).toBe(1);
    await page.clock.fastForward(30_100);
    await shown(page, '.k-idle[open]');
    await press('Escape');
    await shown(page, '.k-hero');
  });
});

describe('to a screen reader', () => {
  it('every step says what it is, what can be chosen and what is chosen', async () => {
    expect(await heard()).toContain('heading "Mời Ông/Bà đánh giá phục vụ"');
    await press('Enter');
    await shown(page, '[data-scale="5"]');
    expect(await heard()).toEqual([
      `button "${DOOR}"`,
      'heading "Chất lượng phục vụ" focused',
      'group "Mức độ hài lòng"',
      ...['Rất không hài lòng', 'Không hài lòng', 'Bình thường', 'Hài lòng', 'Rất hài lòng'].map(
        (words) => `button "Chất lượng phục vụ: ${words}"`,
      ),
      'button "Quay lại"',
      ...['Chữ to', 'Tương phản cao', 'Chạm thấp'].map((name) => `button "${name}"`),
      'group "Ngôn ngữ"',
      'button "Tiếng Việt" pressed',
      'button "English"',
    ]);
    for (const next of ['[data-scale="3"]', '[data-scale="4"]', '[data-scale="10"]']) {
      await press('1');
      await shown(page, next);
    }
    const numbers = await heard();
    expect(numbers).toContain('button "Chất lượng phục vụ: Mức 1 trên 10, Rất không hài lòng"');
    expect(numbers).toContain('button "Chất lượng phục vụ: Mức 7 trên 10"');
    await press('1');
    await shown(page, '.k-reasons');
    await press('1', '2');
    const reasons = await heard();
    expect(reasons).toContain('group "Điều gì chưa tốt?"');
    expect(reasons).toContain('button "Chờ lâu, trả chậm" pressed');
    expect(reasons).toContain('button "Hướng dẫn không rõ ràng" disabled');
    await page.locator('.k-done').focus();
    await press('Enter');
    await shown(page, '.k-keys');
    const comment = await heard();
    expect(comment.find((line) => line.startsWith('textbox'))).toMatch(
      /^textbox "Lời nhắn" \(Xin không ghi tên, số điện thoại\./,
    );
    for (const name of ['Chữ hoa', 'Xóa một ký tự', '123, Số và dấu câu'])
      expect(comment.some((line) => line.startsWith(`button "${name}"`))).toBe(true);
    await page.locator('.k-done').focus();
    await press('Enter');
    await shown(page, '.k-big-check');
    expect(await heard()).toContain('heading "Cảm ơn Ông/Bà!" focused');
    expect((await heard()).some((line) => line.startsWith('status'))).toBe(true);
  });

  it('in English every name is English, and the warning is a dialogue that says how long', async () => {
    await dress(page, { language: 'en', help: 'none' });
    await press('Escape');
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await press('Enter');
    await shown(page, '.k-question');
    const names = await heard();
    expect(names).toContain('heading "Quality of service" focused');
    expect(names).toContain('button "Quality of service: Very satisfied"');
    expect(names.filter((name) => /[À-ỹ]/.test(name))).toEqual(['button "Tiếng Việt"']);
    await page.clock.fastForward(30_100);
    await shown(page, '.k-idle[open]');
    const warned = await heard();
    expect(warned.find((line) => line.startsWith('dialog'))).toMatch(
      /^dialog "Are you still here\?".* modal/,
    );
    expect(warned.find((line) => line.startsWith('timer'))).toMatch(/20/);
    expect(warned.filter((line) => line.startsWith('button')).length).toBe(2);
  });
});
