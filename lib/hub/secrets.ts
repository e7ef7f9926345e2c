/**
 * The master secret and what is derived from it. Losing it loses the province key and the signing keys kept in the
 * database, which hold only their wrapped form; it is therefore never written into a backup.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export interface Secrets {
  /** Wraps the keys kept in the database (AES-256-GCM). */
  readonly wrapping: Buffer;
  /** Keyed hash of activation codes and read tokens. */
  readonly hashing: Buffer;
}

/** Derives the secrets from the given master secret, else from the file, made with mode 0600 when it is missing. */
export function loadSecrets(given: string | null, path: string): { secrets: Secrets; isNew: boolean } {
  if (given !== null) return { secrets: derive(decode(given, 'NMC_SECRET')), isNew: false };
  if (existsSync(path)) {
    if ((statSync(path).mode & 0o077) !== 0 && process.platform !== 'win32') chmodSync(path, 0o600);
    return { secrets: derive(decode(readFileSync(path, 'utf8').trim(), path)), isNew: false };
  }
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const made = randomBytes(32);
  writeFileSync(path, `${made.toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  return { secrets: derive(made), isNew: true };
}

function decode(text: string, from: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length < 32) throw new Error(`${from}: write at least 32 random bytes in base64.`);
  return bytes;
}

function derive(master: Buffer): Secrets {
  const part = (info: string) => Buffer.from(hkdfSync('sha256', master, 'nmc-hub', info, 32));
  return { wrapping: part('wrapping'), hashing: part('hashing') };
}

/** Encrypts a key for the database; `name` is bound to it, so one wrapped key cannot stand in for another. */
export function wrap(secrets: Secrets, name: string, plain: Uint8Array): Buffer {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', secrets.wrapping, iv).setAAD(Buffer.from(name));
  return Buffer.concat([Buffer.of(1), iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Opens a wrapped key. Errors: the master secret is not the one the database was made with. */
export function unwrap(secrets: Secrets, name: string, wrapped: Uint8Array): Buffer {
  const bytes = Buffer.from(wrapped);
  try {
    const decipher = createDecipheriv('aes-256-gcm', secrets.wrapping, bytes.subarray(1, 13));
    decipher.setAAD(Buffer.from(name)).setAuthTag(bytes.subarray(-16));
    return Buffer.concat([decipher.update(bytes.subarray(13, -16)), decipher.final()]);
  } catch {
    throw new Error(
      `The key "${name}" in the database cannot be opened: NMC_SECRET or secret.key is not the one it was made with. ` +
        'Put the original secret back.',
    );
  }
}

/** Keyed hash of a one-time code or token; `use` keeps them apart. */
export function keyedHash(
  secrets: Secrets,
  use: 'code' | 'token' | 'policy' | 'feedback',
  text: string,
): Buffer {
  return createHmac('sha256', secrets.hashing).update(`${use}:${text}`).digest();
}
