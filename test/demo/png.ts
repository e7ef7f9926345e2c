/** Smaller screenshots: a PNG with a palette (median cut), less than half of what the browser writes. */
import { crc32, deflateSync } from 'node:zlib';
import type { Page } from 'puppeteer-core';

interface Picture {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, opacity of each pixel, row by row. */
  readonly pixels: Buffer;
}

/** A colour as 0xrrggbb, and how many pixels have it. */
type Count = readonly [colour: number, n: number];

const PALETTE = 256;
/** More colours than this are a gradient, which a palette would show as bands. */
const FLAT = 4096;
const parts = (colour: number) => [colour >> 16, (colour >> 8) & 255, colour & 255] as const;

/** The same picture with at most 256 colours, or as it was when it has a gradient. `page` decodes it. */
export async function withPalette(page: Page, png: Uint8Array): Promise<Uint8Array> {
  const picture = await decode(page, png);
  const counts = countsOf(coloursOf(picture));
  return counts.size > FLAT ? png : palettePng(picture, PALETTE);
}

/** A PNG of the picture with at most `most` colours, 256 at most. */
export function palettePng(picture: Picture, most: number): Uint8Array {
  const { width, height } = picture;
  const colours = coloursOf(picture);
  const boxes = cut([...countsOf(colours)], most);
  const index = new Map(boxes.flatMap((box, at) => box.map(([colour]) => [colour, at] as const)));
  const rows = Buffer.alloc(height * (width + 1));
  colours.forEach((colour, at) => {
    rows[Math.floor(at / width) * (width + 1) + 1 + (at % width)] = index.get(colour)!;
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(boxes.flatMap(meanOf))),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Each pixel as 0xrrggbb. */
function coloursOf({ width, height, pixels }: Picture): Uint32Array {
  return new Uint32Array(width * height).map((_, at) => pixels.readUInt32BE(at * 4) >>> 8);
}

function countsOf(colours: Uint32Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  return counts;
}

/** Cuts the box with the widest, most used spread in two until there are enough. */
function cut(all: Count[], most: number): Count[][] {
  const boxes = [all];
  while (boxes.length < Math.min(most, all.length)) {
    const widths = boxes.map(widest);
    const at = widths.reduce((best, { weight }, now) => (weight > widths[best]!.weight ? now : best), 0);
    const { channel } = widths[at]!;
    const sorted = boxes[at]!.toSorted(([a], [b]) => parts(a)[channel]! - parts(b)[channel]!);
    const half = sorted.reduce((sum, [, n]) => sum + Math.sqrt(n), 0) / 2;
    let sum = 0;
    const middle = sorted.findIndex(([, n]) => {
      sum += Math.sqrt(n);
      return sum >= half;
    });
    const first = Math.min(Math.max(1, middle), sorted.length - 1);
    boxes.splice(at, 1, sorted.slice(0, first), sorted.slice(first));
  }
  return boxes;
}

function widest(box: readonly Count[]): { channel: 0 | 1 | 2; weight: number } {
  const spread = ([0, 1, 2] as const).map((channel) => {
    const values = box.map(([colour]) => parts(colour)[channel]);
    return {
      channel,
      weight: values.reduce((a, b) => Math.max(a, b)) - values.reduce((a, b) => Math.min(a, b)),
    };
  });
  const { channel, weight } = spread.reduce((a, b) => (b.weight > a.weight ? b : a));
  return { channel, weight: weight * Math.log2(1 + box.length) };
}

/** The mean colour of a box; the most used one where it outweighs the rest, so that flat areas keep their colour. */
function meanOf(box: readonly Count[]): number[] {
  const total = box.reduce((sum, [, n]) => sum + n, 0);
  const [top, most] = box.reduce((a, b) => (b[1] > a[1] ? b : a));
  if (most * 2 >= total) return [...parts(top)];
  return [0, 1, 2].map((channel) =>
    Math.round(box.reduce((sum, [colour, n]) => sum + parts(colour)[channel]! * n, 0) / total),
  );
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

async function decode(page: Page, png: Uint8Array): Promise<Picture> {
  const { width, height, base64 } = await page.evaluate(
    async (url) => {
      const bitmap = await createImageBitmap(await (await fetch(url)).blob());
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
      context.drawImage(bitmap, 0, 0);
      const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
      const reader = new FileReader();
      const read = new Promise<void>((done) => {
        reader.onload = () => done();
      });
      reader.readAsDataURL(new Blob([data]));
      await read;
      return {
        width: bitmap.width,
        height: bitmap.height,
        base64: (reader.result as string).replace(/^[^,]*,/, ''),
      };
    },
    `data:image/png;base64,${Buffer.from(png).toString('base64')}`,
  );
  return { width, height, pixels: Buffer.from(base64, 'base64') };
}
