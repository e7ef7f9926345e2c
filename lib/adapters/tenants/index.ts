/**
 * Installations publicly known to run a family (host-pages §1.1, §3, §4, §5.1): suggestions for the options page and the
 * hub, never a permission. All stay unverified until an administrator has confirmed what is read there.
 */
import { fold } from '../../domain/vocabulary.ts';
import type { Tenant } from '../tenant.ts';
import igate1 from './igate1.json' with { type: 'json' };
import igate2 from './igate2.json' with { type: 'json' };
import ioffice from './ioffice.json' with { type: 'json' };
import national from './national.json' with { type: 'json' };
import ngheAn from './nghe-an.json' with { type: 'json' };
import others from './others.json' with { type: 'json' };

/** Nghệ An first, then by family. An origin stands in one tenant only. */
export const SUGGESTED_TENANTS = [
  ...ngheAn,
  ...igate2,
  ...igate1,
  ...national,
  ...others,
  ...ioffice,
] as readonly Tenant[];

const MOST = 12;

/** One host of a suggested tenant. */
export interface SuggestedHost {
  readonly tenant: Tenant;
  readonly origin: string;
}

/** The suggested hosts whose host name or tenant name holds every word of `text`; at most 12. */
export function findSuggestions(text: string, tenants = SUGGESTED_TENANTS): SuggestedHost[] {
  const words = fold(text.replace(/^[a-z]+:\/\//i, '')).split(/[\s/]+/);
  const hosts = tenants.flatMap((tenant) => tenant.origins.map((origin) => ({ tenant, origin })));
  return hosts
    .filter(({ tenant, origin }) => {
      const place = `${fold(tenant.name)} ${new URL(origin).host}`;
      return words.every((word) => place.includes(word));
    })
    .slice(0, MOST);
}

/** The suggested tenant of an origin when `family` is the one suggested for it, or null. */
export function suggestedTenant(origin: string, family: string): Tenant | null {
  return SUGGESTED_TENANTS.find((one) => one.origins.includes(origin) && one.family === family) ?? null;
}

/** The file that `npm run hub -- import tenants` takes. */
export function tenantsCsv(tenants: readonly Tenant[]): string {
  const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const rows = tenants.map(
    ({ id, name, family, families = [], origins, agency = '', status = 'unverified' }) =>
      [id, name, family, origins.join(';'), families.join(';'), agency, status].map(cell).join(','),
  );
  return ['id,name,family,origins,families,agency,status', ...rows, ''].join('\n');
}
