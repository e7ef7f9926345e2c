/** What the workshop asks of the worker: may it be here, which packs are in force, take this one to the province. */
import type { PackProposal } from '../batch/index.ts';
import type { Deps } from './deps.ts';
import type { ItProfileAnswer, PacksAnswer, SendPackAnswer } from './messages.ts';

/** Whether this PC belongs to IT staff: set by policy, else chosen on the options page; `wanted` null only asks. */
export async function itProfile(deps: Deps, wanted: boolean | null): Promise<ItProfileAnswer> {
  const isFixed = (await deps.policy()).itProfile === true;
  if (wanted !== null && !isFixed) await deps.local.itProfile.set(wanted);
  return { isOn: isFixed || (await deps.local.itProfile.get()), isFixed };
}

/** The packs in force, whole: the workshop's drafts begin from them. */
export async function packsInForce(deps: Deps): Promise<PacksAnswer> {
  const families = await deps.packs.families();
  const packs = await Promise.all(families.map(({ id }) => deps.packs.packOf(id)));
  return { packs: packs.filter((pack) => pack !== null) };
}

/** Signs and sends a proposal as this device. Only from a PC with the IT profile. */
export async function sendPack(deps: Deps, proposal: PackProposal): Promise<SendPackAnswer> {
  if (!(await itProfile(deps, null)).isOn) return { state: 'notAllowed', problem: null };
  if ((await deps.device()) === null) return { state: 'notActivated', problem: null };
  return deps.sync.sendPack(proposal);
}
