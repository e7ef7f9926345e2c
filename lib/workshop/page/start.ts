/** Registers the agent once per document, however often it is injected. */
import { type AgentPort, serveWorkshop } from './agent.ts';

interface Runtime {
  readonly id?: string;
  readonly onConnect: { readonly addListener: (listener: (port: AgentPort) => void) => void };
}

const scope = globalThis as unknown as {
  readonly browser?: { readonly runtime?: Runtime };
  readonly chrome?: { readonly runtime?: Runtime };
  nmcWorkshop?: string;
};

export function startAgent(): void {
  const runtime = scope.browser?.runtime ?? scope.chrome?.runtime;
  // After an update of the extension the old one is an orphan: its id is the same, its runtime is dead.
  if (!runtime?.id || scope.nmcWorkshop === runtime.id) return;
  scope.nmcWorkshop = runtime.id;
  const id = runtime.id;
  runtime.onConnect.addListener((port) => {
    serveWorkshop({ window: globalThis.window, id, isTrusted: (event) => event.isTrusted }, port);
  });
}
