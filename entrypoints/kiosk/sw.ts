import { makePrecache, type Precached, serve, type WorkerScope } from '../../lib/kiosk/worker.ts';

declare const self: WorkerScope & { readonly NMC_FILES: readonly Precached[] };

serve(
  self,
  makePrecache({
    files: self.NMC_FILES,
    scope: self.registration.scope,
    caches,
    fetch: (request) => fetch(request),
  }),
);
