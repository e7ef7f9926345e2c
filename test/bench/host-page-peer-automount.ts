/** Peer of the page bench: WXT's own way to put something on a page, waiting for an anchor that this page lacks. */
import { ContentScriptContext } from 'wxt/utils/content-script-context';
import { createIntegratedUi } from 'wxt/utils/content-script-ui/integrated';

const context = new ContentScriptContext('peer', { noScriptStartedPostMessage: true });
createIntegratedUi(context, {
  position: 'inline',
  anchor: '.nmc-bench-absent',
  onMount: () => undefined,
}).autoMount();
// The bench asserts that its peers are there.
document.documentElement.dataset.peer = 'automount';
