/** Host pages: recogniser, extractor, arming, badge. Registered at run time for granted hosts only. */
import { defineContentScript } from 'wxt/utils/define-content-script';
import { workerDoor } from '../lib/page/ports.ts';
import { startReader } from '../lib/page/reader.ts';

export default defineContentScript({
  registration: 'runtime',
  allFrames: true,
  noScriptStartedPostMessage: true,
  main: () => {
    startReader({
      ...workerDoor(),
      window: globalThis.window,
      now: Date.now,
      isTrusted: (event) => event.isTrusted,
      isTest: import.meta.env.NMC_FLAVOUR === 'test',
    });
  },
});
