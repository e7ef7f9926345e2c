import { defineConfig } from 'wxt';
import { fixtureAssets } from './lib/build/fixtures.ts';
import { FLOOR, type Flavour, manifestFor, type Target } from './lib/build/manifest.ts';
import { noEval } from './lib/build/no-eval.ts';
import { readTenants, requiredHosts } from './lib/build/tenants.ts';

const tenants = readTenants(process.env.NMC_TENANTS);
const flavour: Flavour =
  process.env.NMC_FLAVOUR === 'test' ? 'test' : tenants.length > 0 ? 'tenant' : 'generic';
/** Entries that plain Vite builds for the web (lib/build/web.ts). */
const WEB_ONLY = ['kiosk'];
const PUBLIC = /^(?:icon[\\/]|managed-schema\.json$)/;

export default defineConfig({
  imports: false,
  manifestVersion: 3,
  outDirTemplate: `{{browser}}-mv{{manifestVersion}}${flavour === 'generic' ? '{{modeSuffix}}' : `-${flavour}`}`,
  manifest: ({ browser }) => manifestFor(browser as Target, flavour, requiredHosts(tenants)),
  vite: ({ browser }) => ({
    plugins: [noEval()],
    define: {
      'import.meta.env.NMC_FLAVOUR': JSON.stringify(flavour),
      'import.meta.env.NMC_TENANTS': JSON.stringify(tenants),
    },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
    build: {
      target: `${browser}${FLOOR[browser as Target]}`,
      cssTarget: `${browser}${FLOOR[browser as Target]}`,
      modulePreload: { polyfill: false },
      sourcemap: false,
      reportCompressedSize: false,
    },
  }),
  hooks: {
    'entrypoints:found': (_, infos) => {
      infos.splice(0, infos.length, ...infos.filter(({ name }) => !WEB_ONLY.includes(name)));
    },
    'build:publicAssets': (wxt, files) => {
      const kept = files.filter(
        ({ relativeDest }) =>
          PUBLIC.test(relativeDest) && (wxt.config.browser === 'chrome' || relativeDest.startsWith('icon')),
      );
      files.splice(0, files.length, ...kept, ...fixtureAssets());
    },
    // Without the key no panel is offered to anybody: the workshop sets its path when IT staff open it.
    'build:manifestGenerated': (_, manifest) => {
      delete manifest.side_panel;
    },
  },
});
