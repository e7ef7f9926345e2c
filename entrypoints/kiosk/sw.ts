import { matchPrecache, precache } from 'workbox-precaching';
import { revisionOf, servedFrom, type WorkerScope } from '../../lib/kiosk/worker.ts';

declare const self: WorkerScope & {
  readonly __WB_MANIFEST: { readonly url: string; readonly revision: string | null }[];
};

const entries = self.__WB_MANIFEST;
precache(entries);

const isComplete = async () =>
  (await Promise.all(entries.map(({ url }) => matchPrecache(url)))).every((found) => found !== undefined);

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
  const address = servedFrom(event.request, self.registration.scope);
  if (address === null) return;
  event.respondWith(matchPrecache(address).then((found) => found ?? fetch(event.request)));
});
self.addEventListener('message', (event) => {
  if (event.data?.type === 'REVISION') event.ports[0]?.postMessage(revisionOf(entries));
  if (event.data?.type !== 'SKIP_WAITING') return;
  event.waitUntil(isComplete().then((complete) => (complete ? self.skipWaiting() : undefined)));
});
