/** Passwords: argon2id (RFC 9106) as a PHC string; OWASP's floor m=19 MiB, t=2, p=1. At most two at a time. */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';

const COST = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const TAG = 32;
/** Shortest password taken. */
export const SHORTEST = 10;

let running = 0;
const queue: (() => void)[] = [];

/** The PHC string of a password. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const tag = await derive(password, salt, COST);
  const b64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
  return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${b64(salt)}$${b64(tag)}`;
}

/** Whether a password is the one hashed; null stands for "no such person" and takes the same time. */
export async function isPassword(password: string, phc: string | null): Promise<boolean> {
  const found = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(phc ?? '');
  if (!found) {
    await derive(password, Buffer.alloc(16), COST);
    return false;
  }
  const [memory, passes, parallelism] = [Number(found[1]), Number(found[2]), Number(found[3])] as const;
  const wanted = Buffer.from(found[5]!, 'base64');
  const tag = await derive(password, Buffer.from(found[4]!, 'base64'), { memory, passes, parallelism });
  return tag.length === wanted.length && timingSafeEqual(tag, wanted);
}

async function derive(
  password: string,
  nonce: Buffer,
  cost: { memory: number; passes: number; parallelism: number },
): Promise<Buffer> {
  if (running >= 2) await new Promise<void>((go) => queue.push(go));
  else running += 1;
  try {
    return await new Promise<Buffer>((done, fail) =>
      argon2(
        'argon2id',
        { message: password.normalize('NFKC'), nonce, tagLength: TAG, ...cost },
        (error, tag) => (error ? fail(error) : done(tag)),
      ),
    );
  } finally {
    const next = queue.shift();
    if (next) next();
    else running -= 1;
  }
}
