/** Rounds that stop the extension's worker between a page's message and its reply; each message must become one entry. */
import { type Driver, readerWorld, startDriver, startPage } from '../browser/extension-driver.ts';
import { ledgerLines, ownAsk } from '../browser/ledger.ts';
import { enrolQuickly } from '../browser/quick-enrol.ts';
import type { Outcome, Say } from './outcome.ts';

/** Sends like the reader: the same message until the answer is final; counts the answers that were lost. */
const DELIVER = `
  globalThis.nmcLost = 0;
  globalThis.nmcDeliver = async (counter) => {
    const message = {
      type: 'page-worker/confirm',
      ref: { document: 'faults', counter },
      context: { pack: 'igate2@PACK', page: 'detail', rank: 2 },
      armed: { rule: 'receive', action: 'receive', codes: ['H99.1-260105-' + String(1000 + counter)],
        selected: null, at: Date.now(), within: 20000 },
      confirm: 'toast',
      count: null,
    };
    for (let tries = 0; tries < 400; tries += 1) {
      try {
        const answer = await chrome.runtime.sendMessage(message);
        if (answer && (answer.stored || answer.isFinal)) return answer.stored;
      } catch {}
      globalThis.nmcLost += 1;
      await new Promise((done) => setTimeout(done, 20));
    }
    return false;
  };
`;

async function prepare(driver: Driver, origin: string): Promise<string> {
  const options = await driver.own('options.html');
  await enrolQuickly(options, crypto.getRandomValues(new Uint8Array(32)), [[origin, 'igate2']]);
  const { families } = await ownAsk<{ families: { id: string; version: string }[] }>(options, {
    type: 'extension-worker/view',
  });
  await options.close();
  return families.find(({ id }) => id === 'igate2')!.version;
}

export async function killWorkerRounds(rounds: number, random: () => number, say: Say): Promise<Outcome> {
  const site = await startPage('<!doctype html><title>faults</title><p>practice page</p>');
  const driver = await startDriver();
  const outcome = { kills: 0, inWindow: 0, lost: 0, doubled: 0, notes: [] as string[] };
  try {
    const version = await prepare(driver, site.origin);
    const page = await driver.browser.newPage();
    await page.goto(site.origin);
    const reader = await readerWorld(page);
    await reader.say(DELIVER.replace('PACK', version));
    const delivered: number[] = [];
    for (let counter = 1; counter <= rounds; counter += 1) {
      const sending = reader.say<boolean>(`nmcDeliver(${counter})`);
      await new Promise((done) => setTimeout(done, random() * 30));
      // A worker that is only just being started cannot be stopped yet.
      while (!(await driver.killWorker())) await new Promise((done) => setTimeout(done, 2));
      outcome.kills += 1;
      if (await sending) delivered.push(counter);
      say(counter, rounds, 'worker killed', outcome);
    }
    const lost = await reader.say<number>('nmcLost');
    const own = await driver.own('options.html');
    const actions = (await ledgerLines(own)).filter(
      (line) => (JSON.parse(line) as { kind: string }).kind === 'action',
    );
    const refs = actions.map((line) => (JSON.parse(line) as { ref: string }).ref);
    outcome.lost = delivered.length - new Set(refs).size;
    outcome.doubled = refs.length - new Set(refs).size;
    outcome.notes.push(`${lost} answers of the worker were lost and the message sent again`);
  } finally {
    await driver.close();
    await site.close();
  }
  return outcome;
}
