/** Comments on the wire: only a verified answer removes them; and by hand, as a signed file. */
import { describe, expect, it } from 'vitest';
import {
  type CommentsReceipt,
  type CommentsRequest,
  signCommentsReceipt,
  verifyCommentsFile,
} from '../../../lib/batch/index.ts';
import {
  acceptCommentsReceipts,
  type CommentBox,
  makeCommentsFile,
  sendComments,
} from '../../../lib/sync/index.ts';
import { signer } from '../batch/keys.ts';
import { memoryHub, problem, throughWire, type Wire } from './hub.ts';
import { deviceFor, START } from './world.ts';

const comment = (n: number): CommentsRequest['comments'][number] => ({
  hash: n.toString(16).padStart(64, '0'),
  salt: 'A'.repeat(22),
  text: `lời nhắn ${n}`,
});

function boxOf(count: number): CommentBox & { held: CommentsRequest['comments'] } {
  const box = {
    held: Array.from({ length: count }, (_, at) => comment(at)),
    oldest: async (most: number) => box.held.slice(0, most),
    async remove(hashes: readonly string[]) {
      box.held = box.held.filter(({ hash }) => !hashes.includes(hash));
    },
  };
  return box;
}

async function world(count: number) {
  const clock = () => START;
  const hub = await memoryHub(clock);
  const device = await deviceFor(hub);
  return { hub, device, clock, box: boxOf(count) };
}

describe('sending comments', () => {
  it('takes them all in steps and removes what the answer names', async () => {
    const { hub, device, clock, box } = await world(120);
    expect(await sendComments({ device, box, clock, fetch: hub.fetch })).toEqual({
      state: 'done',
      received: 120,
    });
    expect(box.held).toEqual([]);
    expect(hub.comments.get(comment(119).hash)).toBe('lời nhắn 119');
  });

  it('keeps those the answer leaves out', async () => {
    const { hub, device, clock, box } = await world(3);
    hub.refused.add(comment(1).hash);
    const result = await sendComments({ device, box, clock, fetch: hub.fetch });
    expect(result).toEqual({ state: 'kept', received: 2 });
    expect(box.held).toEqual([comment(1)]);
  });

  it.each(['portal', 'overloaded', 'lost', 'cut', 'tooLarge'] satisfies Wire[])(
    'a wire that is %s removes nothing; the next time everything arrives once',
    async (mood) => {
      const { hub, device, clock, box } = await world(5);
      let now: Wire = mood;
      const fetch = throughWire(hub, () => now);
      const result = await sendComments({ device, box, clock, fetch });
      expect(result.received).toBe(0);
      expect(box.held).toHaveLength(5);
      now = 'ok';
      expect((await sendComments({ device, box, clock, fetch })).received).toBe(5);
      expect(hub.comments.size).toBe(5);
    },
  );

  it('halves what is too large', async () => {
    const { hub, device, clock, box } = await world(10);
    const sizes: number[] = [];
    const result = await sendComments({
      device,
      box,
      clock,
      fetch: async (url, init) => {
        const n = (JSON.parse(String(init.body)) as CommentsRequest).comments.length;
        sizes.push(n);
        return n > 3 ? problem(413, 'tooLarge', 'Quá lớn.') : hub.fetch(url, init);
      },
    });
    expect(result).toEqual({ state: 'done', received: 10 });
    expect(sizes.slice(0, 3)).toEqual([10, 5, 3]);
  });

  it('believes no answer but its own hub’s about itself', async () => {
    const { hub, device, clock, box } = await world(1);
    const other = await signer();
    const receipt: CommentsReceipt = {
      typ: 'nmc-comments',
      device: device.id,
      kept: [comment(0).hash],
      time: new Date(START).toISOString(),
    };
    const forged = await signCommentsReceipt(receipt, other.key);
    await sendComments({ device, box, clock, fetch: async () => new Response(forged) });
    expect(box.held).toHaveLength(1);

    let answered = '';
    const neighbour = await deviceFor(hub, 'device-2');
    await sendComments({
      device: neighbour,
      box: boxOf(1),
      clock,
      fetch: async (url, init) => {
        answered = await (await hub.fetch(url, init)).text();
        return new Response(answered);
      },
    });
    await sendComments({ device, box, clock, fetch: async () => new Response(answered) });
    expect(box.held).toHaveLength(1);
    await sendComments({ device: neighbour, box, clock, fetch: async () => new Response(answered) });
    expect(box.held).toEqual([]);
  });

  it('does nothing where there is no hub, and asks nobody when there is nothing', async () => {
    const { device, clock } = await world(0);
    const fetch = async () => {
      throw new Error('asked');
    };
    expect(
      (await sendComments({ device: { ...device, hub: null }, box: boxOf(1), clock, fetch })).state,
    ).toBe('noHub');
    expect(await sendComments({ device, box: boxOf(0), clock, fetch })).toEqual({
      state: 'done',
      received: 0,
    });
  });
});

describe('by hand', () => {
  it('a file is signed by the device and removes nothing; an answer in a receipt file does', async () => {
    const { hub, device, clock, box } = await world(2);
    const file = await makeCommentsFile(device, box, clock);
    expect(file?.name).toBe(`device-1-${START}.nmc-comments`);
    const read = await verifyCommentsFile(new TextDecoder().decode(file!.bytes), device.jwk);
    expect(read).toMatchObject({ device: 'device-1', comments: box.held });
    expect(box.held).toHaveLength(2);
    await expect(
      verifyCommentsFile(new TextDecoder().decode(file!.bytes), (await signer()).jwk),
    ).rejects.toThrow();

    let answer = '';
    await sendComments({
      device,
      box: boxOf(1),
      clock,
      fetch: async (url, init) => {
        answer = await (await hub.fetch(url, init)).text();
        return new Response(answer);
      },
    });
    expect(await acceptCommentsReceipts(device, box, `not.a.receipt\n${answer}\n`)).toBe(1);
    expect(box.held).toEqual([comment(1)]);
    expect(await acceptCommentsReceipts({ ...device, id: 'other' }, box, answer)).toBe(0);
  });

  it('nothing held is no file', async () => {
    const { device, clock } = await world(0);
    expect(await makeCommentsFile(device, boxOf(0), clock)).toBeNull();
  });
});
