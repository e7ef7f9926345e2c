/** Second half of the reader, injected by the worker where the address may be a known page. */
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { startEngine } from '../lib/page/engine.ts';
import { readerLink } from '../lib/page/link.ts';

export default defineUnlistedScript(() => readerLink(globalThis.window)?.attach(startEngine));
