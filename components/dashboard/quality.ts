/** Transport and coverage as sentences: the two figures of completeness that always stand together (DESIGN §3). */
import type { Coverage, Transport } from '../../lib/indicators/result.ts';
import type { Words } from './words.ts';

/** `Máy chủ đã nhận đủ: 3/4 máy, thiếu 12 bản ghi, 1 máy chưa liên lạc hôm nay`. */
export function transportText({ t, number }: Words, transport: Transport, source: 'hub' | 'unit'): string {
  const { devices, complete, missing, silent } = transport;
  if (devices === 0) return t('quality.noDevices');
  const parts = [
    t(source === 'hub' ? 'quality.transportHub' : 'quality.transportUnit', {
      complete: number(complete),
      devices: number(devices),
    }),
    missing > 0 ? t('quality.missing', { count: number(missing) }) : t('quality.allIn'),
  ];
  if (silent > 0) parts.push(t('quality.silent', { count: number(silent) }));
  return parts.join(', ');
}

/** `812/1.020 hồ sơ theo số chính thức (79,6 %)`, or that there is no official total. */
export function coverageText({ t, number, percent }: Words, coverage: Coverage): string {
  const seen = number(coverage.seen);
  if (coverage.official === null) {
    return `${t('quality.coverageUnknown')} (${t('quality.coverageSeen', { seen })})`;
  }
  const known = t('quality.coverageKnown', { seen, official: number(coverage.official) });
  if (coverage.official === 0) return known;
  const over = coverage.seen > coverage.official ? `, ${t('quality.coverageOver')}` : '';
  return `${known} (${percent(coverage.seen / coverage.official)}${over})`;
}

/** Whether transport is proved whole. */
export function isComplete(transport: Transport): boolean {
  return transport.devices > 0 && transport.complete === transport.devices && transport.missing === 0;
}
