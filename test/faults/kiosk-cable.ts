/**
 * The cable between kiosk and hub: bytes both ways, until it is cut, or until it loses the answer to a batch the hub has
 * committed. It reads no more of HTTP than where a batch begins and how its answer begins.
 */

import type { AddressInfo } from 'node:net';
import { createServer, connect as dial, type Server, type Socket } from 'node:net';

export type Cable =
  | 'whole'
  /** Nothing goes through; what was open is torn. */
  | 'cut'
  /** The answer to a batch is thrown away and the connection torn. */
  | 'dropAnswer'
  /** The answer to a batch is kept back for ever. */
  | 'holdAnswer';

export interface FaultyCable {
  /** `http://localhost:port`: a name that browsers take for a secure origin. */
  readonly url: string;
  set(cable: Cable): void;
  /** Batches committed so far whose answers did not go on to the kiosk. */
  lost(): number;
  /** Batches committed so far. */
  committed(): number;
  /** Resolves when the number of committed batches has passed `count`. */
  after(count: number): Promise<void>;
  close(): Promise<void>;
}

/** A cable on a free port to the hub's port. */
export async function layCable(port: number): Promise<FaultyCable> {
  let cable: Cable = 'whole';
  let committed = 0;
  let lost = 0;
  let waiting: { readonly count: number; readonly wake: () => void }[] = [];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
  };
  const tear = () => {
    for (const socket of sockets) socket.destroy();
  };

  const server: Server = createServer((kiosk) => {
    keep(kiosk);
    if (cable === 'cut') return void kiosk.destroy();
    const hub = dial(port, '127.0.0.1');
    keep(hub);
    let isBatch = false;
    kiosk.on('data', (bytes) => {
      if (bytes.subarray(0, 16).toString('latin1').startsWith('POST /v1/batches')) isBatch = true;
      hub.write(bytes);
    });
    hub.on('data', (bytes) => {
      if (!isBatch) return void kiosk.write(bytes);
      const isCommitted = /^HTTP\/1\.1 200 /.test(bytes.subarray(0, 16).toString('latin1'));
      const isKept = isCommitted && (cable === 'dropAnswer' || cable === 'holdAnswer');
      if (isCommitted) {
        committed += 1;
        if (isKept || kiosk.destroyed) lost += 1;
        for (const one of waiting.filter(({ count }) => committed > count)) one.wake();
        waiting = waiting.filter(({ count }) => committed <= count);
      }
      if (!isKept) {
        isBatch = false;
        kiosk.write(bytes);
      } else if (cable === 'dropAnswer') kiosk.destroy();
    });
    kiosk.once('close', () => hub.end());
    hub.once('close', () => kiosk.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    set(next) {
      cable = next;
      if (next === 'cut') tear();
    },
    lost: () => lost,
    committed: () => committed,
    after: (count) =>
      committed > count ? Promise.resolve() : new Promise((wake) => void waiting.push({ count, wake })),
    close: () =>
      new Promise((done) => {
        tear();
        server.close(() => done());
      }),
  };
}
