/** `node test/portals/serve.ts --port 8801 [--latency 300] [--mode reload|xhr] [--seed 1]`: the practice pages on their own. */
import { parseArgs } from 'node:util';
import { startPortals } from './index.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    latency: { type: 'string', default: '0' },
    mode: { type: 'string', default: 'xhr' },
    seed: { type: 'string', default: '1' },
  },
});
const portals = await startPortals({
  port: Number(values.port),
  latencyMs: Number(values.latency),
  mode: values.mode === 'reload' ? 'reload' : 'xhr',
  seed: Number(values.seed),
});
console.log(`iGate 2  ${portals.igate2.url}/vi/dossier/search
TD       ${portals.td.url}/dvc/tiep-nhan-ho-so/moi-tiep-nhan
iOffice  ${portals.ioffice.url}/qlvbdh/main?lang=vi`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void portals.close().then(() => process.exit(0)));
}
