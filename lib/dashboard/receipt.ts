/** Reads a receipt for the eye. It is not verified here: the device it is for does that with its pinned key. */
import { type Receipt, receiptSchema } from '../batch/protocol.ts';

/** The payload of a compact JWS receipt, or null when the text is none. */
export function readReceipt(jws: string): Receipt | null {
  const payload = jws.trim().split('.')[1];
  if (payload === undefined) return null;
  try {
    const binary = atob(payload.replaceAll('-', '+').replaceAll('_', '/'));
    const json = new TextDecoder().decode(Uint8Array.from(binary, (char) => char.charCodeAt(0)));
    const found = receiptSchema.safeParse(JSON.parse(json));
    return found.success ? found.data : null;
  } catch {
    return null;
  }
}

/** Where the stream stands after this receipt. */
export function standingOf(receipt: Receipt): {
  stream: number;
  through: number;
  missing: number;
  quarantined: number;
} {
  const first = receipt.received[0];
  return {
    stream: receipt.stream,
    through: first && first[0] <= 1 ? first[1] : 0,
    missing: receipt.gaps.reduce((sum, [from, to]) => sum + to - from + 1, 0),
    quarantined: receipt.quarantined.length,
  };
}
