/** Signed answers: receipts and device configurations (DESIGN §6). */
import { signCompact, type VerifyingKey, verifyCompact } from './jws.ts';
import { type DeviceConfig, deviceConfigSchema, type Receipt, receiptSchema } from './protocol.ts';

/** The receipt as a compact JWS by the key of the hub or unit page. */
export async function signReceipt(receipt: Receipt, key: CryptoKey): Promise<string> {
  return signCompact(receipt, 'nmc-receipt', key);
}

/** A receipt that is really from the holder of `key`. @throws BatchError */
export async function verifyReceipt(text: string, key: VerifyingKey): Promise<Receipt> {
  return verifyCompact(text.trim(), 'nmc-receipt', key, receiptSchema);
}

/** The device configuration as a compact JWS by the province's configuration key. */
export async function signConfig(config: DeviceConfig, key: CryptoKey): Promise<string> {
  return signCompact(config, 'nmc-config', key);
}

/** A device configuration that is really from the holder of `key`. @throws BatchError */
export async function verifyConfig(text: string, key: VerifyingKey): Promise<DeviceConfig> {
  return verifyCompact(text.trim(), 'nmc-config', key, deviceConfigSchema, 4 * 1024 * 1024);
}
