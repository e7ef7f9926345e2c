/** What a person is offered. The source decides again on every call; this only hides what it would refuse. */
import type { Capabilities, User } from '../../components/dashboard/model.ts';
import type { View } from './routes.ts';

export interface Rights {
  readonly views: readonly View[];
  readonly canRevoke: boolean;
  readonly canImportLists: boolean;
  /** Sign, roll out, refuse and retire packs. */
  readonly canDecidePacks: boolean;
  /** Counters, placement, thresholds, out of service, which questionnaire is in force; erasing a comment. */
  readonly canChangeKiosks: boolean;
  /** Questionnaires and shared voices reach every unit: the province's (Circular 01/2018/TT-VPCP art. 12(4)). */
  readonly canDecideForms: boolean;
  /** Open, answer and erase complaints, register slips. */
  readonly canHandleComplaints: boolean;
  /** Make, print and revoke codes for phones. */
  readonly canMakeLinks: boolean;
}

/**
 * By role (DESIGN §7; lib/hub/people/access.ts holds the truth): officials see figures, supervisors and up see devices
 * and make codes, unit admins revoke, province admins import lists, auditors read. A unit without a hub is its own
 * administrator. An unknown role is offered everything and refused by the hub.
 */
export function rightsOf(can: Capabilities, { role }: User): Rights {
  const isAlone = !can.hasLogin;
  const reads = role === 'auditor';
  const isOfficial = role === 'official';
  return {
    views: [
      'figures',
      ...(can.hasFeedback && !isOfficial ? (['feedback'] as const) : []),
      ...(isOfficial ? [] : (['devices'] as const)),
      ...(can.hasFeedback && !isOfficial ? (['kiosks'] as const) : []),
      ...(can.hasComplaints && !isOfficial ? (['complaints', 'links'] as const) : []),
      ...(can.hasPacks && !isOfficial ? (['packs'] as const) : []),
      ...(can.canImportHandover && !reads ? (['handover'] as const) : []),
      ...(can.readsExports && !reads ? (['exports'] as const) : []),
      ...(can.hasCodes && !isOfficial && !reads ? (['codes'] as const) : []),
      ...(isOfficial ? [] : (['units', 'catalogue'] as const)),
    ],
    canRevoke: isAlone || !['official', 'supervisor', 'auditor'].includes(role),
    canChangeKiosks: can.hasLogin && !['official', 'supervisor', 'auditor'].includes(role),
    canDecideForms: can.hasLogin && !['official', 'supervisor', 'unitAdmin', 'auditor'].includes(role),
    canHandleComplaints: !isOfficial && !reads,
    canMakeLinks: !['official', 'supervisor', 'auditor'].includes(role),
    canDecidePacks: !['official', 'supervisor', 'unitAdmin', 'auditor'].includes(role),
    canImportLists: isAlone || !['official', 'supervisor', 'unitAdmin', 'auditor'].includes(role),
  };
}
