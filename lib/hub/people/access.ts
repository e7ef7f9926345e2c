/** Who may do what, and where: a role on a subtree of the unit tree (DESIGN §7, People). */
import type { Scope } from '../database/db.ts';

export const ROLES = ['official', 'supervisor', 'unitAdmin', 'provinceAdmin', 'auditor'] as const;
export type PersonRole = (typeof ROLES)[number];

/** A person with a session, or a read token (role `auditor`). */
export interface User {
  readonly id: string;
  readonly name: string;
  readonly role: PersonRole;
  readonly unit: { readonly id: string; readonly name: string };
  readonly scope: Scope;
}

const EVERYONE: readonly PersonRole[] = ROLES;
const LEADERS: readonly PersonRole[] = ['supervisor', 'unitAdmin', 'provinceAdmin'];

/** What each route needs. An auditor reads and changes nothing. */
const NEEDS = {
  readUnits: EVERYONE,
  readCatalogue: EVERYONE,
  readFigures: EVERYONE,
  readDevices: [...LEADERS, 'auditor'],
  readCodes: [...LEADERS, 'auditor'],
  makeCode: LEADERS,
  revokeDevice: ['unitAdmin', 'provinceAdmin'],
  importUnits: ['provinceAdmin'],
  importCatalogue: ['provinceAdmin'],
  handover: ['official', ...LEADERS],
  readPacks: [...LEADERS, 'auditor'],
  decidePacks: ['provinceAdmin'],
  readFeedback: [...LEADERS, 'auditor'],
  /** Counters, placement, thresholds, out of service, the questionnaire of a unit; erasing a comment. */
  changeKiosks: ['unitAdmin', 'provinceAdmin'],
  /** Questionnaires and shared voices reach every unit (Circular 01/2018/TT-VPCP art. 12(4): the province designs the form). */
  decideForms: ['provinceAdmin'],
  readLinks: [...LEADERS, 'auditor'],
  makeLinks: ['unitAdmin', 'provinceAdmin'],
  listComplaints: [...LEADERS, 'auditor'],
  /** Name, phone and words of whoever complained: every reading is in the audit log. */
  handleComplaints: LEADERS,
} as const satisfies Record<string, readonly PersonRole[]>;
export type Permission = keyof typeof NEEDS;

/** Whether the role allows it; the object's unit is checked apart, by row-level security. */
export function may(user: User, permission: Permission): boolean {
  return (NEEDS[permission] as readonly PersonRole[]).includes(user.role);
}
