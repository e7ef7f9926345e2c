/** `node test/portals/serve.ts --port 8801 [--latency 300] [--mode reload|xhr] [--seed 1]`: the practice pages on their own. */
import { parseArgs } from 'node:util';
import { startDanang } from './danang.ts';
import { startDvcqg } from './dvcqg.ts';
import { startIgate1 } from './igate1.ts';
import { startPortals } from './index.ts';
import { startVsr } from './vsr.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    latency: { type: 'string', default: '0' },
    mode: { type: 'string', default: 'xhr' },
    seed: { type: 'string', default: '1' },
  },
});
const options = {
  latencyMs: Number(values.latency),
  mode: values.mode === 'reload' ? 'reload' : 'xhr',
  seed: Number(values.seed),
} as const;
const first = Number(values.port);
const portAt = (step: number) => (first === 0 ? 0 : first + step);
const portals = await startPortals({ ...options, port: first });
const danang = await startDanang({ ...options, port: portAt(3) });
const dvcqg = await startDvcqg({ ...options, port: portAt(4) });
const igate1 = await startIgate1({ ...options, port: portAt(5) });
const vsr = await startVsr({ ...options, port: portAt(6) });
console.log(`iGate 2  ${portals.igate2.url}/vi/dossier/search
TD       ${portals.td.url}/dvc/tiep-nhan-ho-so/moi-tiep-nhan
iOffice  ${portals.ioffice.url}/qlvbdh/main?lang=vi
Đà Nẵng  ${danang.url}/group/guest/danh-sach-ho-so-mot-cua
DVCQG    ${dvcqg.url}/p/home/dvc-tra-cuu-ho-so.html
iGate 1  ${igate1.url}/${igate1.unit}/bothutuc/listThuTuc
VSR      ${vsr.url}/vsr/bao-cao/danh-sach`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    const all = [portals, danang, dvcqg, igate1, vsr].map((one) => one.close());
    void Promise.all(all).then(() => process.exit(0));
  });
}
