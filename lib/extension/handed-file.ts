/**
 * A file dropped on the popup goes to the import page by a channel between our own pages: it is never stored on the way.
 *
 *   popup ── opens the page behind itself ──> page: ready ──> popup: file ──> page: taken ──> popup shows the page, closes
 */
import { browser } from 'wxt/browser';

const CHANNEL = 'nmc-dropped-file';
/** A page that was not opened by a drop waits no longer for one. */
const WAIT_MS = 1_500;
/** A cold start of the page on an old PC. */
const OPEN_MS = 20_000;

type Word = { readonly say: 'ready' | 'taken' } | { readonly say: 'file'; readonly file: File };

/** Hands a file to the import page; answers whether it was taken. */
export async function handOver(file: File): Promise<boolean> {
  const channel = new BroadcastChannel(CHANNEL);
  const taken = new Promise<boolean>((resolve) => {
    const end = setTimeout(resolve, OPEN_MS, false);
    channel.addEventListener('message', ({ data }: MessageEvent<Word>) => {
      if (data.say === 'ready') channel.postMessage({ say: 'file', file } satisfies Word);
      if (data.say !== 'taken') return;
      clearTimeout(end);
      resolve(true);
    });
  });
  const url = new URL('options.html#import', location.origin).href;
  const tab = await browser.tabs.create({ url, active: false });
  const isTaken = await taken;
  channel.close();
  if (tab.id !== undefined) await browser.tabs.update(tab.id, { active: true });
  return isTaken;
}

/** The file a popup holds for this page; null when none does. */
export function receiveHanded(): Promise<File | null> {
  const channel = new BroadcastChannel(CHANNEL);
  return new Promise((resolve) => {
    const finish = (file: File | null) => {
      clearTimeout(end);
      channel.close();
      resolve(file);
    };
    const end = setTimeout(finish, WAIT_MS, null);
    channel.addEventListener('message', ({ data }: MessageEvent<Word>) => {
      if (data.say !== 'file') return;
      channel.postMessage({ say: 'taken' } satisfies Word);
      finish(data.file);
    });
    channel.postMessage({ say: 'ready' } satisfies Word);
  });
}
