/** Dossier codes become keys here and nowhere else (DESIGN §3, Keys). */
import { base64url } from 'jose';
import { normaliseCode } from '../domain/codes.ts';
import type { Device } from './types.ts';

export interface KeyMaker {
  /**
   * The keys of a dossier code, newest epoch first: `<epoch>:<22 base64url characters>`, HMAC-SHA-256 of the
   * normalised code cut to 128 bits. Several during a rotation; none on a kiosk.
   */
  keyOf(code: string): Promise<string[]>;
}

/** The key maker of a device. */
export function provinceKeys(device: Pick<Device, 'provinceKeys'>): KeyMaker {
  const encoder = new TextEncoder();
  return {
    keyOf: (code) =>
      Promise.all(
        device.provinceKeys.map(async ({ epoch, key }) => {
          const mac = await crypto.subtle.sign('HMAC', key, encoder.encode(normaliseCode(code)));
          return `${epoch}:${base64url.encode(new Uint8Array(mac, 0, 16))}`;
        }),
      ),
  };
}
