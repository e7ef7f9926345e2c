/** Reads dropped files off the page's thread: started as a worker by the import page. */
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { makeReader, type ToReader } from '../lib/extension/export-reader.ts';

export default defineUnlistedScript(() => {
  const read = makeReader((message) => postMessage(message));
  addEventListener('message', ({ data }: MessageEvent<ToReader>) => read(data));
});
