/** The unit list: `id,parent,name,kind,agency_codes,aliases,valid_from,valid_to`. Pure. */
import { PROCEDURE } from '../../domain/codes.ts';
import type { Procedure } from '../../domain/procedure.ts';
import type { Unit } from '../../domain/unit.ts';
import { type Complain, fieldsOf, readTable, type TableRow } from './table.ts';

const KINDS = ['province', 'agency', 'commune', 'centre', 'other'] as const;
const UNIT_COLUMNS = {
  required: ['id', 'parent', 'name', 'kind'],
  optional: ['agency_codes', 'aliases', 'valid_from', 'valid_to'],
} as const;

/** The units of a file, checked against the tree they join: parents, cycles, one root, agency codes used once. */
export function readUnitsCsv(bytes: Uint8Array, existing: readonly Unit[], complain: Complain): Unit[] {
  const rows = readTable(bytes, UNIT_COLUMNS, complain);
  const lines = new Map<string, number>();
  const units = rows.map((row) => {
    const unit = unitOf(row, complain);
    const before = lines.get(unit.id);
    if (before !== undefined) complain(row.line, 'id', 'import.duplicate', { line: before });
    else lines.set(unit.id, row.line);
    return unit;
  });
  checkTree(units, existing, lines, complain);
  return units;
}

function unitOf(row: TableRow, complain: Complain): Unit {
  const read = fieldsOf(row, complain);
  const agencyCodes = read.list('agency_codes');
  for (const code of agencyCodes) {
    if (!/^[A-Y]\d{2}(\.\d{1,4}){0,5}$/.test(code)) complain(row.line, 'agency_codes', 'import.agencyForm');
  }
  return {
    id: read.id('id'),
    parent: row.get('parent') === '' ? null : read.id('parent'),
    name: read.text('name', 200),
    kind: read.choice('kind', KINDS),
    agencyCodes,
    aliases: read.list('aliases'),
    ...read.validity(),
  };
}

function checkTree(
  units: readonly Unit[],
  existing: readonly Unit[],
  lines: ReadonlyMap<string, number>,
  complain: Complain,
): void {
  const all = new Map([...existing, ...units].map((unit) => [unit.id, unit]));
  const lineOf = (unit: Unit) => lines.get(unit.id) ?? 1;
  const root = [...all.values()].find((unit) => unit.parent === null);
  const owners = new Map<string, string>();
  for (const unit of all.values()) {
    for (const code of unit.agencyCodes) {
      const owner = owners.get(code);
      if (owner !== undefined && owner !== unit.id) {
        complain(lineOf(unit), 'agency_codes', 'import.agencyCode', { code, unit: owner });
      }
      owners.set(code, unit.id);
    }
  }
  for (const unit of units) {
    if (unit.parent === null) {
      if (root && root.id !== unit.id) complain(lineOf(unit), 'parent', 'import.roots', { root: root.id });
    } else if (!all.has(unit.parent)) {
      complain(lineOf(unit), 'parent', 'import.parent', { parent: unit.parent });
    } else if (isAboveItself(unit, all)) {
      complain(lineOf(unit), 'parent', 'import.cycle');
    }
  }
}

function isAboveItself(unit: Unit, all: ReadonlyMap<string, Unit>): boolean {
  const seen = new Set<string>();
  for (let at: Unit | undefined = unit; at?.parent != null; at = all.get(at.parent)) {
    if (seen.has(at.id)) return true;
    seen.add(at.id);
  }
  return false;
}

const PROCEDURE_COLUMNS = {
  required: ['code', 'name', 'sector', 'online', 'has_fee', 'returns_result'],
  optional: ['limit_days', 'valid_from', 'valid_to'],
} as const;

/** The procedures of a file: `code,name,sector,online,has_fee,returns_result,limit_days,valid_from,valid_to`. */
export function readCatalogueCsv(bytes: Uint8Array, complain: Complain): Procedure[] {
  const rows = readTable(bytes, PROCEDURE_COLUMNS, complain);
  const byCode = new Map<string, { procedure: Procedure; line: number }[]>();
  return rows.map((row) => {
    const read = fieldsOf(row, complain);
    const code = row.get('code');
    if (!PROCEDURE.test(code)) complain(row.line, 'code', 'import.procedure');
    const procedure: Procedure = {
      code,
      name: read.text('name', 500),
      sector: read.text('sector', 200),
      online: read.choice('online', ['full', 'partial', 'none'] as const),
      hasFee: read.boolean('has_fee'),
      returnsResult: read.boolean('returns_result'),
      limitDays: read.number('limit_days', 0, 3_650),
      ...read.validity(),
    };
    const others = byCode.get(code) ?? [];
    const same = others.find((one) => one.procedure.validFrom === procedure.validFrom);
    if (same) complain(row.line, 'code', 'import.duplicate', { line: same.line });
    else if (others.some((one) => isOverlapping(one.procedure, procedure))) {
      complain(row.line, 'valid_from', 'import.overlap');
    }
    byCode.set(code, [...others, { procedure, line: row.line }]);
    return procedure;
  });
}

function isOverlapping(a: Procedure, b: Procedure): boolean {
  return (a.validFrom ?? '0') <= (b.validTo ?? '9') && (b.validFrom ?? '0') <= (a.validTo ?? '9');
}

/** A tenant row: `id,name,family,origins`. */
export interface TenantRow {
  readonly id: string;
  readonly name: string;
  readonly family: string;
  readonly origins: readonly string[];
}

/** The tenants of a file; an origin belongs to one tenant only. */
export function readTenantsCsv(
  bytes: Uint8Array,
  existing: readonly TenantRow[],
  isBindable: (origin: string) => boolean,
  complain: Complain,
): TenantRow[] {
  const rows = readTable(bytes, { required: ['id', 'name', 'family', 'origins'], optional: [] }, complain);
  const inFile = new Set(rows.map((row) => row.get('id')));
  const owners = new Map(
    existing
      .filter((one) => !inFile.has(one.id))
      .flatMap((one) => one.origins.map((origin) => [origin, one.id] as const)),
  );
  const lines = new Map<string, number>();
  return rows.map((row) => {
    const read = fieldsOf(row, complain);
    const id = read.id('id');
    const before = lines.get(id);
    if (before !== undefined) complain(row.line, 'id', 'import.duplicate', { line: before });
    lines.set(id, row.line);
    const origins = read.list('origins');
    if (origins.length === 0) complain(row.line, 'origins', 'import.required');
    for (const origin of origins) {
      const owner = owners.get(origin);
      if (!isBindable(origin)) complain(row.line, 'origins', 'import.origin');
      if (owner !== undefined) complain(row.line, 'origins', 'import.originTaken', { origin, tenant: owner });
      owners.set(origin, id);
    }
    return { id, name: read.text('name', 200), family: read.id('family'), origins };
  });
}
