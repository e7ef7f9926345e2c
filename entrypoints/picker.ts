/** The workshop's agent in a host page, injected only while the workshop looks at it. */
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { startAgent } from '../lib/workshop/page/start.ts';

export default defineUnlistedScript(() => startAgent());
