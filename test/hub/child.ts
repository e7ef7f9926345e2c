/** A hub in its own process for tests that kill it: prints `ready <url>` and runs until told. Arguments: mode. */
import { readConfig } from '../../lib/hub/config.ts';
import { startHub } from '../../lib/hub/server.ts';

const hub = await startHub(readConfig(process.env));
process.stdout.write(`ready ${hub.url}\n`);
process.once('SIGTERM', () => void hub.close().then(() => process.exit(0)));
