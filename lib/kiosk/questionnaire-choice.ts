/** Which questionnaire is in force: what the hub sent when it is whole, else the last whole one, else the quick one. */
import type { DeviceConfig } from '../batch/index.ts';
import type { EntryDraft } from '../domain/entry.ts';
import { type Questionnaire, questionnaireRef } from '../domain/questionnaire.ts';
import { readQuestionnaire } from '../domain/questionnaire-schema.ts';
import { QUICK } from '../domain/questionnaires.ts';
import type { Vault } from './vault.ts';

/** What is wrong with the questionnaire of a configuration: its field, never its words. */
export interface QuestionnaireFault {
  readonly field: string;
  readonly problem: string;
  /** Version of the configuration it came with. */
  readonly config: number;
  /** `id@version` of the questionnaire asked instead. */
  readonly using: string;
}

export interface Choice {
  readonly questionnaire: Questionnaire;
  readonly fault: QuestionnaireFault | null;
}

/** The choice for a configuration; a whole questionnaire is kept in the vault for the day a broken one comes. */
export async function chooseQuestionnaire(
  config: Pick<DeviceConfig, 'version' | 'questionnaire'> | null,
  vault: Pick<Vault, 'read' | 'write'>,
): Promise<Choice> {
  if (config === null || config.questionnaire === null) return { questionnaire: QUICK, fault: null };
  const reading = readQuestionnaire(config.questionnaire);
  if (reading.ok) {
    await keep(JSON.stringify(reading.questionnaire), vault);
    return { questionnaire: reading.questionnaire, fault: null };
  }
  const questionnaire = (await lastWhole(vault)) ?? QUICK;
  const field = reading.field.slice(0, 200);
  const { problem } = reading;
  return {
    questionnaire,
    fault: { field, problem, config: config.version, using: questionnaireRef(questionnaire) },
  };
}

/** The journal's word about a fault; the same configuration is told of once, however often it is read. */
export function faultDraft({ field, problem, config, using }: QuestionnaireFault): EntryDraft {
  return {
    kind: 'health',
    body: { topic: 'questionnaire', state: 'malformed', detail: { field, problem, config, using } },
    ref: `questionnaire:${config}`,
  };
}

async function keep(text: string, vault: Pick<Vault, 'read' | 'write'>): Promise<void> {
  try {
    if ((await vault.read('questionnaire')) !== text) await vault.write('questionnaire', text);
  } catch (error) {
    console.warn('nmc kiosk: the questionnaire could not be kept', error instanceof Error ? error.name : '');
  }
}

async function lastWhole(vault: Pick<Vault, 'read'>): Promise<Questionnaire | null> {
  try {
    const reading = readQuestionnaire(JSON.parse((await vault.read('questionnaire')) ?? 'null'));
    return reading.ok ? reading.questionnaire : null;
  } catch {
    return null;
  }
}
