/** New versions as the page sees them: idle, failing, away, retried; by elapsed time only. */
import { beforeEach, describe, expect, it } from 'vitest';
import { type UpdatePorts, watchUpdates } from '../../../lib/kiosk/update.ts';

const MINUTE = 60_000;

/** Just enough of the browser's side of service workers. */
class Worker extends EventTarget {
  state = 'installing';
  asked: string[] = [];
  answer: unknown = 0;
  postMessage(question: { type: string }, [port]: MessagePort[]) {
    this.asked.push(question.type);
    if (this.answer !== undefined) port?.postMessage(this.answer);
  }
  become(state: string) {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }
}

class Registration extends EventTarget {
  installing: Worker | null = null;
  waiting: Worker | null = null;
  active: Worker | null = null;
  updates = 0;
  fails: Error | null = null;
  /** What is deployed cannot be installed. */
  isBad = false;
  async update() {
    this.updates += 1;
    if (this.fails) throw this.fails;
    if (this.isBad) this.fail(this.begin());
  }
  fail(worker: Worker) {
    this.installing = null;
    worker.become('redundant');
  }
  begin(): Worker {
    const worker = new Worker();
    this.installing = worker;
    this.dispatchEvent(new Event('updatefound'));
    return worker;
  }
  wait(worker: Worker) {
    this.installing = null;
    this.waiting = worker;
    worker.become('installed');
  }
}

class Container extends EventTarget {
  controller: Worker | null = null;
  registration = new Registration();
  async register() {
    return this.registration;
  }
}

/** When the first look is due. */
const FIRST_MS = 100;

let container: Container;
let timers: { readonly at: number; readonly run: () => void }[];
let now: number;
let isIdle: boolean;
let isServed: boolean;
let asking: () => Promise<boolean>;
let reloads: number;
let told: number[];
let kept: Map<string, string>;

beforeEach(() => {
  container = new Container();
  container.controller = new Worker();
  timers = [];
  asking = async () => isServed;
  [now, reloads, isIdle, isServed, told, kept] = [0, 0, true, true, [], new Map()];
});

const settled = async () => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((done) => setImmediate(done));
};

function ports(): UpdatePorts {
  return {
    container: container as unknown as UpdatePorts['container'],
    script: '/kiosk/sw.js',
    isIdle: () => isIdle,
    reload: () => {
      reloads += 1;
    },
    later(run, ms) {
      const timer = { at: now + ms, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
    isServed: () => asking(),
    store: {
      getItem: (name) => kept.get(name) ?? null,
      setItem: (name, text) => void kept.set(name, text),
      removeItem: (name) => void kept.delete(name),
    },
    onFailing: async (failures) => void told.push(failures),
  };
}

async function start() {
  const updates = watchUpdates(ports());
  // The first look waits for the first screen.
  await pass(FIRST_MS);
  return updates;
}

/** Time passes; what falls due runs. */
async function pass(ms: number) {
  const until = now + ms;
  for (;;) {
    const next = timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
    if (!next) break;
    now = next.at;
    timers = timers.filter((one) => one !== next);
    next.run();
    await settled();
  }
  now = until;
}

/** An installation that ends as it says. */
async function install(how: 'installed' | 'redundant'): Promise<Worker> {
  const worker = container.registration.begin();
  if (how === 'installed') container.registration.wait(worker);
  else container.registration.fail(worker);
  await settled();
  return worker;
}

describe('a new version', () => {
  it('is asked to take over only while the screen is idle, and the page is loaded anew only then', async () => {
    isIdle = false;
    const updates = await start();
    const worker = await install('installed');
    updates.consider();
    expect(worker.asked).toEqual([]);
    await pass(10_000);
    expect(worker.asked).toEqual([]);
    isIdle = true;
    await pass(1_000);
    expect(worker.asked).toEqual(['SKIP_WAITING']);
    isIdle = false;
    container.dispatchEvent(new Event('controllerchange'));
    expect(reloads).toBe(0);
    isIdle = true;
    updates.consider();
    expect(reloads).toBe(1);
    expect(updates.failures()).toBe(0);
  });

  it('whose cache lacks a file is a failure and is asked again five minutes later', async () => {
    const updates = await start();
    const worker = container.registration.begin();
    worker.answer = 2;
    container.registration.wait(worker);
    await settled();
    expect(updates.failures()).toBe(1);
    worker.answer = 0;
    await pass(5 * MINUTE - 1);
    expect(worker.asked).toHaveLength(1);
    await pass(1);
    expect(worker.asked).toHaveLength(2);
  });

  it('that stays silent does not hold up the next question', async () => {
    const updates = await start();
    const worker = container.registration.begin();
    worker.answer = undefined;
    container.registration.wait(worker);
    await pass(MINUTE);
    expect(updates.failures()).toBe(1);
    worker.answer = 0;
    updates.consider();
    updates.consider();
    expect(worker.asked).toEqual(['SKIP_WAITING', 'SKIP_WAITING']);
  });

  it('does not reload a page that had no worker before', async () => {
    container.controller = null;
    const updates = await start();
    container.dispatchEvent(new Event('controllerchange'));
    updates.consider();
    expect(reloads).toBe(0);
    container.dispatchEvent(new Event('controllerchange'));
    expect(reloads).toBe(1);
  });
});

describe('a bad deploy', () => {
  it('T26 that ends redundant is tried again in five minutes, by one timer only', async () => {
    const updates = await start();
    await install('redundant');
    await install('redundant');
    expect(updates.failures()).toBe(2);
    expect(timers.filter(({ at }) => at - now === 5 * MINUTE)).toHaveLength(1);
    expect(timers).toHaveLength(1);
    const before = container.registration.updates;
    await pass(5 * MINUTE);
    expect(container.registration.updates).toBe(before + 1);
    await pass(MINUTE);
    expect(timers).toHaveLength(1);
  });

  it('is told once, at the third failure in a row, also over restarts, and forgotten once a look is fine', async () => {
    container.registration.isBad = true;
    await start();
    await pass(5 * MINUTE);
    expect(told).toEqual([]);
    container = new Container();
    container.registration.isBad = true;
    timers = [];
    const updates = await start();
    expect(told).toEqual([3]);
    await pass(20 * MINUTE);
    expect(updates.failures()).toBe(7);
    expect(told).toEqual([3]);
    container.registration.isBad = false;
    await updates.check();
    expect(updates.failures()).toBe(7);
    await pass(MINUTE);
    expect(updates.failures()).toBe(0);
    container.registration.isBad = true;
    await pass(60 * MINUTE);
    expect(told).toEqual([3, 3]);
  });

  it('of the script itself counts when something is served there, and an outage does not', async () => {
    container.registration.fails = new TypeError('bad MIME type');
    const updates = await start();
    expect(updates.failures()).toBe(1);
    isServed = false;
    await pass(5 * MINUTE);
    await pass(5 * MINUTE);
    expect(container.registration.updates).toBe(3);
    expect(updates.failures()).toBe(1);
    await install('redundant');
    expect(updates.failures()).toBe(1);
  });

  it('a worker that gives way to a newer one is no failure', async () => {
    isIdle = false;
    const updates = await start();
    const first = await install('installed');
    await install('installed');
    first.become('redundant');
    await settled();
    expect(updates.failures()).toBe(0);
  });
});

describe('looking', () => {
  it('happens every half hour of elapsed time, one look at a time, whatever the wall clock says', async () => {
    const updates = await start();
    expect(container.registration.updates).toBe(1);
    await Promise.all([updates.check(), updates.check()]);
    expect(container.registration.updates).toBe(2);
    const real = Date.now;
    Date.now = () => real() - 365 * 86_400_000;
    try {
      await pass(30 * MINUTE);
    } finally {
      Date.now = real;
    }
    expect(container.registration.updates).toBe(3);
  });

  it('asks the running worker for its build and for what it lacks', async () => {
    const updates = await start();
    container.controller!.answer = 'c74dc241';
    expect(await updates.revision()).toBe('c74dc241');
    expect(await updates.lacking()).toBeNull();
    container.controller!.answer = 0;
    expect(await updates.lacking()).toBe(0);
    container.controller = null;
    expect(await updates.revision()).toBeNull();
  });
});

describe('a part of the page that could not be had', () => {
  it('has the page loaded anew after a minute, when nobody is served', async () => {
    const updates = await start();
    isIdle = false;
    updates.renew();
    await pass(MINUTE - 1);
    isIdle = true;
    updates.consider();
    expect(reloads).toBe(0);
    isIdle = false;
    await pass(5 * MINUTE);
    expect(reloads).toBe(0);
    isIdle = true;
    await pass(MINUTE);
    expect(reloads).toBe(1);
  });

  it('leaves the page where no worker and no server has another, and looks again in five minutes', async () => {
    const updates = await start();
    container.controller = null;
    isServed = false;
    updates.renew();
    await updates.reload();
    await pass(MINUTE);
    expect(reloads).toBe(0);
    isServed = true;
    await pass(5 * MINUTE - 1);
    expect(reloads).toBe(0);
    await pass(1);
    expect(reloads).toBe(1);
  });

  it('does not interrupt whoever came while the server was asked', async () => {
    const updates = await start();
    container.controller = null;
    let answer = (_: boolean) => {};
    asking = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    updates.renew();
    await pass(MINUTE);
    isIdle = false;
    answer(true);
    await settled();
    expect(reloads).toBe(0);
    asking = async () => true;
    isIdle = true;
    await pass(MINUTE);
    expect(reloads).toBe(1);
  });
});
