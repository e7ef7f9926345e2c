/**
 * The service worker's life as seen by the page. A new version installs beside the running one; it takes over only when
 * `isIdle` says that nobody and nothing is on the screen, and then the page is loaded anew. A deploy with a missing file
 * never installs: the old version goes on serving.
 */
import { Workbox } from 'workbox-window';

export interface Updates {
  /** Call whenever the screen may have become idle. */
  consider(): void;
  /** Looks for a new version now. */
  check(): Promise<void>;
  /** The running worker's build, or null before there is one. */
  revision(): Promise<string | null>;
}

export interface UpdatePorts {
  readonly script: string;
  readonly isIdle: () => boolean;
  readonly reload: () => void;
}

/** How often a new version is looked for; a page that stands for weeks has no navigation to do it. */
const CHECK_MS = 30 * 60_000;

/** Registers the worker and watches for new versions. */
export function watchUpdates({ script, isIdle, reload }: UpdatePorts): Updates {
  const workbox = new Workbox(trusted(script), { updateViaCache: 'none' });
  let isWaiting = false;
  let isAsked = false;
  let isReplaced = false;
  const consider = () => {
    if (!isIdle()) return;
    if (isReplaced) reload();
    else if (isWaiting && !isAsked) {
      isAsked = true;
      workbox.messageSkipWaiting();
    }
  };
  workbox.addEventListener('waiting', () => {
    isWaiting = true;
    consider();
  });
  let isControlled = navigator.serviceWorker.controller !== null;
  workbox.addEventListener('controlling', () => {
    isReplaced = isControlled;
    isControlled = true;
    consider();
  });
  const registered = workbox.register().catch((error: unknown) => {
    console.warn('nmc kiosk: no service worker', error instanceof Error ? error.message : '');
    return undefined;
  });
  const check = async () => {
    isAsked = false;
    await (await registered)?.update().catch(() => {});
    consider();
  };
  setInterval(check, CHECK_MS);
  return {
    consider,
    check,
    async revision() {
      const worker = navigator.serviceWorker.controller;
      if (!worker) return null;
      const channel = new MessageChannel();
      const answer = new Promise<string>((resolve) => {
        channel.port1.onmessage = (event) => resolve(String(event.data));
      });
      worker.postMessage({ type: 'REVISION' }, [channel.port2]);
      return Promise.race([answer, new Promise<null>((resolve) => setTimeout(resolve, 2_000, null))]);
    },
  };
}

interface TrustedPolicy {
  createScriptURL(text: string): string;
}
interface TrustedTypes {
  createPolicy(name: string, rules: TrustedPolicy): TrustedPolicy;
}

/** The script's address through the policy `nmc`, the only one the page's CSP admits. */
function trusted(script: string): string {
  const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
  if (!types) return script;
  return types.createPolicy('nmc', { createScriptURL: (text) => text }).createScriptURL(script);
}
