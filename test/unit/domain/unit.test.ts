import { describe, expect, it } from 'vitest';
import { subtree, type Unit, unitFinder } from '../../../lib/domain/unit.ts';

const unit = (id: string, changes: Partial<Unit> = {}): Unit => ({
  id,
  parent: null,
  name: `UBND xã ${id}`,
  kind: 'commune',
  agencyCodes: [],
  aliases: [],
  validFrom: null,
  validTo: null,
  ...changes,
});
const dossier = (receiver: string | null, agency?: string, codeDay: string | null = null) => ({
  facts: agency === undefined ? {} : { agency },
  receiver,
  codeDay,
});

describe('whose a dossier is', () => {
  const find = unitFinder([
    unit('tinh', { kind: 'province', agencyCodes: ['H99'] }),
    unit('an', { agencyCodes: ['H99.01'], aliases: ['Ủy ban nhân dân xã Mẫu An'] }),
    unit('cu', { agencyCodes: ['H99.5'], validTo: '2025-06-30' }),
    unit('moi', { agencyCodes: ['H99.5'], validFrom: '2025-07-01' }),
  ]);

  it('the agency printed on the page comes before the code, however it is written', () => {
    expect(find(dossier('H99.5', 'ỦY BAN NHÂN DÂN  XÃ MẪU AN'))).toBe('an');
    expect(find(dossier('H99.1', 'Một cơ quan khác'))).toBe('an');
  });

  it('an unknown branch of a code belongs to the nearest known unit above it, an unknown province to nobody', () => {
    expect(find(dossier('H99.1.7'))).toBe('an');
    expect(find(dossier('H99.77.3'))).toBe('tinh');
    expect(find(dossier('G22.99'))).toBe('unassigned');
    expect(find(dossier(null))).toBe('unassigned');
  });

  it('a code that passed to a successor means the unit valid on the day in the dossier code', () => {
    expect(find(dossier('H99.5', undefined, '2025-06-30'))).toBe('cu');
    expect(find(dossier('H99.5', undefined, '2025-07-01'))).toBe('moi');
    expect(find(dossier('H99.5'))).toBe('moi');
  });
});

it('a subtree holds the unit and everything below it', () => {
  const units = [
    unit('a'),
    unit('b', { parent: 'a' }),
    unit('c', { parent: 'b' }),
    unit('d', { parent: 'a' }),
  ];
  expect(subtree(units, 'a')).toEqual(['a', 'b', 'c', 'd']);
  expect(subtree(units, 'b')).toEqual(['b', 'c']);
});
