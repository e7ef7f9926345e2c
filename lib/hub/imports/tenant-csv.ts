/** The list of portal tenants as CSV: `id,name,family,origins[,families,agency,status]`, lists separated by `;`. Pure. */
import type { HubWords } from '../../i18n/hub/index.ts';
import { type CsvError, cellReader, readCsv } from '../../reports/csv.ts';

export interface TenantRow {
  readonly id: string;
  readonly name: string;
  readonly family: string;
  readonly origins: readonly string[];
  /** Further families on these hosts, in the order in which they are tried. */
  readonly families: readonly string[];
  readonly agency: string;
  /** Null: as stored, a new one unverified. */
  readonly status: Status | null;
}

/** What is stored already: an origin belongs to one tenant only. */
export type KnownTenant = Pick<TenantRow, 'id' | 'origins'>;

const STATUSES = ['verified', 'unverified'] as const;
type Status = (typeof STATUSES)[number];
const MORE = ['families', 'agency', 'status'] as const;

/** The tenants of a file, to be imported only when `errors` is empty; an origin belongs to one tenant only. */
export function readTenantsCsv(
  text: string,
  existing: readonly KnownTenant[],
  isBindable: (origin: string) => boolean,
  words: HubWords,
): { tenants: TenantRow[]; errors: CsvError[] } {
  const table = readCsv(text, ['id', 'name', 'family', 'origins', ...MORE], MORE, words);
  const errors = [...table.errors];
  const inFile = new Set(table.rows.map((row) => row.cells.id));
  const owners = new Map(
    existing
      .filter((one) => !inFile.has(one.id))
      .flatMap((one) => one.origins.map((origin) => [origin, one.id] as const)),
  );
  const lineOf = new Map<string, number>();
  const tenants = table.rows.map((row): TenantRow => {
    const read = cellReader(row, errors, words);
    const id = read.id('id');
    const other = lineOf.get(id);
    if (other !== undefined) read.fail('id', words('csv.duplicate', { other }));
    else if (id !== '') lineOf.set(id, row.line);
    const origins = read.list('origins');
    if (origins.length === 0) read.fail('origins', words('csv.required'));
    for (const origin of origins) {
      const tenant = owners.get(origin);
      if (!isBindable(origin)) read.fail('origins', words('import.origin'));
      if (tenant !== undefined) read.fail('origins', words('import.originTaken', { origin, tenant }));
      owners.set(origin, id);
    }
    const family = read.id('family');
    const families = read.list('families').filter((one) => one !== family);
    if (families.some((one) => !/^[a-z0-9-]{1,40}$/.test(one)))
      read.fail('families', words('import.families'));
    const agency = row.cells.agency.toUpperCase();
    if (!/^(?:[A-Y]\d\d(?:\.\d{1,4})*)?$/.test(agency)) read.fail('agency', words('import.agency'));
    const status = row.cells.status === '' ? null : read.oneOf('status', STATUSES);
    return {
      id,
      name: read.required('name', 200),
      family,
      origins,
      families,
      agency,
      status,
    };
  });
  return { tenants, errors: errors.sort((a, b) => a.line - b.line) };
}
