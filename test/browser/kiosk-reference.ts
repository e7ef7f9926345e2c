/**
 * Reference pictures: kept with few colours, compared pixel by pixel. Letters are drawn by the fonts of the machine; where
 * they are not those of the pictures only the coarse look of a screen can be compared, and that is said.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { palettePng } from '../demo/png.ts';

const FOLDER = join(import.meta.dirname, '../references/kiosk');
const LETTERS = join(FOLDER, 'letters.txt');
/** Colours kept of a picture, the most used first, and how far apart in a channel they must be at least. */
const COLOURS = { most: 28, apart: 8 };
/** Share of the pixels that may differ: the seconds it takes an edge to be drawn otherwise, never a word. */
const FINE = 0.001;
/** With other fonts: cells of this many pixels, the step of a channel that tells one from another, the share that may. */
const COARSE = { cell: 40, step: 56, share: 0.2 };

type Picture = ReturnType<typeof PNG.sync.read>;

export interface References {
  /** Compares a screen with its picture, or keeps it as the new one; answers what is wrong, or null. */
  compare(page: Page, name: string): Promise<string | null>;
  /** Pictures nobody asked for; taken away when the others are renewed. */
  leftOver(): string[];
  /** False where the letters are drawn by other fonts. */
  readonly isFine: boolean;
}

/** `isRenewed`: every picture asked for is written anew. */
export async function openReferences(page: Page, isRenewed: boolean): Promise<References> {
  const letters = await lettersOf(page);
  mkdirSync(FOLDER, { recursive: true });
  if (isRenewed) writeFileSync(LETTERS, `${letters}\n`);
  const isFine = existsSync(LETTERS) && readFileSync(LETTERS, 'utf8').trim() === letters;
  const asked = new Set<string>();
  return {
    isFine,
    async compare(of, name) {
      asked.add(`${name}.png`);
      const file = join(FOLDER, `${name}.png`);
      if (isRenewed) {
        const picture = PNG.sync.read(await steady(of));
        writeFileSync(file, palettePng({ ...picture, pixels: fewColours(picture) }, COLOURS.most));
        return null;
      }
      if (!existsSync(file)) return `${name}: there is no picture of it`;
      const kept = PNG.sync.read(readFileSync(file));
      const fault = (now: Picture): string | null => {
        if (kept.width !== now.width || kept.height !== now.height)
          return `${name}: ${now.width}×${now.height} instead of ${kept.width}×${kept.height}`;
        const [share, most] = isFine ? [fineShare(kept, now), FINE] : [coarseShare(kept, now), COARSE.share];
        return share <= most ? null : `${name}: ${(share * 100).toFixed(2)} % of it looks otherwise`;
      };
      return fault(PNG.sync.read(await shot(of))) && fault(PNG.sync.read(await steady(of)));
    },
    leftOver() {
      const all = readdirSync(FOLDER).filter((name) => name.endsWith('.png') && !asked.has(name));
      if (!isRenewed) return all;
      for (const name of all) rmSync(join(FOLDER, name));
      return [];
    },
  };
}

const shot = (page: Page): Promise<Buffer> => page.screenshot({ animations: 'disabled', caret: 'hide' });

/** A picture that the next one equals: far scrolled parts may come a frame later. The last one where none does. */
async function steady(page: Page): Promise<Buffer> {
  let before = await shot(page);
  for (let turn = 0; turn < 10; turn += 1) {
    const now = await shot(page);
    if (now.equals(before)) return now;
    before = now;
  }
  return before;
}

/** The pixels in the most used colours only: a flat area stays what it is, a gradient becomes steps too small to count. */
function fewColours({ data }: Picture): Buffer {
  const counts = new Map<number, number>();
  for (let at = 0; at < data.length; at += 4) {
    const colour = data.readUInt32BE(at);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const kept: number[] = [];
  const nearest = new Map<number, number>();
  for (const [colour] of [...counts].sort(([, one], [, other]) => other - one)) {
    const near = kept.toSorted((one, other) => apart(one, colour) - apart(other, colour))[0];
    const isNew = near === undefined || (kept.length < COLOURS.most && apart(near, colour) > COLOURS.apart);
    if (isNew) kept.push(colour);
    nearest.set(colour, isNew ? colour : near);
  }
  const pixels = Buffer.alloc(data.length);
  for (let at = 0; at < data.length; at += 4) pixels.writeUInt32BE(nearest.get(data.readUInt32BE(at))!, at);
  return pixels;
}

/** The greatest distance in a channel of two colours, 0xrrggbbaa. */
function apart(one: number, other: number): number {
  return Math.max(
    ...[24, 16, 8].map((shift) => Math.abs(((one >>> shift) & 255) - ((other >>> shift) & 255))),
  );
}

function fineShare(kept: Picture, now: Picture): number {
  const { width, height } = kept;
  return pixelmatch(kept.data, now.data, undefined, width, height, { threshold: 0.15 }) / (width * height);
}

function coarseShare(kept: Picture, now: Picture): number {
  const [one, other] = [cellsOf(kept), cellsOf(now)];
  const differing = one.filter((cell, at) =>
    cell.some((value, channel) => Math.abs(value - other[at]![channel]!) > COARSE.step),
  );
  return differing.length / one.length;
}

/** The mean colour of each cell, row by row. */
function cellsOf({ width, height, data }: Picture): number[][] {
  const across = Math.ceil(width / COARSE.cell);
  const sums = Array.from({ length: across * Math.ceil(height / COARSE.cell) }, () => [0, 0, 0, 0]);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const cell = sums[Math.floor(y / COARSE.cell) * across + Math.floor(x / COARSE.cell)]!;
      for (let channel = 0; channel < 3; channel += 1) cell[channel]! += data[(y * width + x) * 4 + channel]!;
      cell[3]! += 1;
    }
  }
  return sums.map(([red, green, blue, n]) => [red! / n!, green! / n!, blue! / n!]);
}

/** What tells one machine's letters from another's: a hash of how a line of them is drawn in the weights of the screens. */
async function lettersOf(page: Page): Promise<string> {
  await page.setViewportSize({ width: 900, height: 320 });
  await page.evaluate(() => {
    const sample = document.createElement('div');
    sample.id = 'letters';
    sample.style.cssText = 'position:fixed;inset:0;z-index:9;background:#fff;color:#000;font-size:26px';
    for (const weight of ['400', '600', '650', '700', '800']) {
      const line = document.createElement('p');
      line.style.cssText = `margin:0;font-weight:${weight}`;
      line.textContent = 'Ông/Bà hài lòng, nộp hồ sơ trực tuyến? Quầy 0123456789 ễ ự ỡ Ẵ';
      sample.append(line);
    }
    document.body.append(sample);
  });
  const drawn = PNG.sync.read(await page.locator('#letters').screenshot());
  await page.evaluate(() => document.querySelector('#letters')?.remove());
  return createHash('sha256').update(drawn.data).digest('hex');
}
