/** The overlay's panel, injected by the worker when the badge is pressed; pressed again, it closes. */
import { render } from 'preact';
import { defineContentScript } from 'wxt/utils/define-content-script';
import { Panel } from '../../components/panel/Panel.tsx';
import panelCss from '../../components/panel/panel.css?inline';
import tokensCss from '../../components/tokens.css?inline';
import { localTimeOf, showDay } from '../../lib/domain/dates.ts';
import { translator } from '../../lib/i18n/index.ts';
import { panelWords } from '../../lib/i18n/page/panel/index.ts';
import { focusFirst, openPanelHost } from '../../lib/page/panel-host.ts';
import { createPanelStore } from '../../lib/page/panel-store.ts';
import { workerDoor } from '../../lib/page/ports.ts';

const showHour = (iso: string) => localTimeOf(Date.parse(iso)).slice(11);
const showTime = (iso: string) => `${showHour(iso)} ${showDay(localTimeOf(Date.parse(iso)))}`;

export default defineContentScript({
  registration: 'runtime',
  noScriptStartedPostMessage: true,
  main: () => {
    const isTest = import.meta.env.NMC_FLAVOUR === 'test';
    const host = openPanelHost(globalThis.window, `${tokensCss}\n${panelCss}`, isTest, () => {
      store.stop();
      if (host) render(null, host.root);
    });
    if (!host) return;
    const t = translator(panelWords[host.language]);
    const store = createPanelStore(workerDoor(), (state, { undo, pause, sync }) => {
      const wishes = { onUndo: undo, onPause: pause, onSync: sync, onClose: host.close };
      render(<Panel {...{ t, showTime, showHour, ...wishes, ...state }} />, host.root);
    });
    void store.refresh().then(() => focusFirst(host.root));
  },
});
