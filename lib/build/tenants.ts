/**
 * The tenants baked into a package for installation by policy: one object or a list of
 * `{ "id": "nghe-an", "name": "…", "family": "igate1", "families": ["igate2"], "origins": ["https://dichvucong…"] }`;
 * further families and `status` may be left out.
 */
import { readFileSync } from 'node:fs';
import { isBindableOrigin, type Tenant } from '../adapters/tenant.ts';
import { bindingProblem, patternOf } from '../extension/hosts.ts';

/** Tenants of a file; none without a file. Errors: what is wrong, with the name of the field. */
export function readTenants(file: string | undefined): Tenant[] {
  if (!file) return [];
  const raw = readJson(file);
  return (Array.isArray(raw) ? raw : [raw]).map((one, at) => tenantOf(one, `${file}[${at}]`));
}

/** The match patterns that must be granted at installation. */
export function requiredHosts(tenants: readonly Tenant[]): string[] {
  return [...new Set(tenants.flatMap(({ origins }) => origins.map(patternOf)))].sort();
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const isUnread = error instanceof Error && 'code' in error;
    const problem = isUnread ? `cannot be read (${error.code})` : 'is not JSON';
    throw new Error(`${file}: ${problem}; a sample: lib/adapters/tenants/nghe-an.json`);
  }
}

function tenantOf(raw: unknown, where: string): Tenant {
  if (typeof raw !== 'object' || raw === null) throw new Error(`${where}: expected an object`);
  const { id, name, family, families, origins, status } = raw as Record<string, unknown>;
  if (typeof id !== 'string' || !/^[a-z0-9-]{1,64}$/.test(id)) throw new Error(`${where}.id: a-z, 0-9 and -`);
  if (typeof name !== 'string') throw new Error(`${where}.name: expected a text`);
  if (typeof family !== 'string') throw new Error(`${where}.family: expected the id of a pack`);
  if (
    families !== undefined &&
    !(Array.isArray(families) && families.every((one) => typeof one === 'string'))
  )
    throw new Error(`${where}.families: expected a list of ids of packs`);
  if (status !== undefined && status !== 'verified' && status !== 'unverified')
    throw new Error(`${where}.status: verified or unverified`);
  if (!Array.isArray(origins) || origins.length === 0) throw new Error(`${where}.origins: expected a list`);
  for (const origin of origins) {
    if (typeof origin !== 'string' || !isBindableOrigin(origin) || bindingProblem(origin) !== null)
      throw new Error(
        `${where}.origins: "${String(origin)}" may not be read (exact https origin, no log-in or payment)`,
      );
  }
  return {
    id,
    name,
    family,
    ...(families === undefined ? {} : { families: families as string[] }),
    origins: origins as string[],
    ...(status === undefined ? {} : { status }),
  };
}
