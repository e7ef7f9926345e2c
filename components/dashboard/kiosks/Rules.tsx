/** Thresholds and opening hours of a unit: each explained, what is in force and whose word it is, and an own value. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { FeedbackRules } from '../../../lib/domain/feedback-rules.ts';
import type { KioskSettingView } from '../../../lib/indicators/kiosks.ts';
import { Button } from '../../shared/Button.tsx';
import { CheckField, TextField } from '../../shared/Field.tsx';
import { Loaded } from '../Failed.tsx';
import { daysInWords } from '../feedback/flag-words.ts';
import { useWords, type Words } from '../words.ts';
import { Hours } from './Hours.tsx';
import { From } from './Kiosks.tsx';
import type { KiosksViewProps } from './model.ts';
import {
  draftOf,
  isWithin,
  NUMBER_FIELDS,
  NUMBER_RULES,
  type NumberRule,
  type RuleName,
  type RulesDraft,
  rulesFrom,
} from './rules-form.ts';

export function Rules(props: KiosksViewProps) {
  const { t } = useWords();
  return (
    <section class="d-stack" aria-labelledby="q-rules">
      <div>
        <h3 id="q-rules">{t('kiosks.rules')}</h3>
        <p class="d-note">{t('kiosks.rulesLead')}</p>
      </div>
      <Loaded load={props.room.setting} onRetry={props.onRetry}>
        {(setting) => (
          <RulesForm
            key={`${setting.unit}|${JSON.stringify(setting.own.rules)}`}
            {...props}
            setting={setting}
          />
        )}
      </Loaded>
    </section>
  );
}

function RulesForm(props: KiosksViewProps & { readonly setting: KioskSettingView }) {
  const { t } = useWords();
  const { setting } = props;
  const [draft, setDraft] = useState<RulesDraft>(() => draftOf(setting));
  const [isTried, setTried] = useState(false);
  const canChange = props.rights.canChangeKiosks;
  const own = (rule: RuleName) => draft.own.includes(rule);
  const toggle = (rule: RuleName, isOwn: boolean) =>
    setDraft({ ...draft, own: isOwn ? [...draft.own, rule] : draft.own.filter((one) => one !== rule) });
  const submit = (event: Event) => {
    event.preventDefault();
    setTried(true);
    const rules = rulesFrom(draft);
    if (rules !== null && props.busy !== 'saveSetting') props.acts.saveSetting({ rules });
  };
  const card = (rule: RuleName, fields: ComponentChildren) => (
    <RuleCard
      key={rule}
      rule={rule}
      setting={setting}
      isOwn={own(rule)}
      canChange={canChange}
      onOwn={(isOwn) => toggle(rule, isOwn)}
    >
      {fields}
    </RuleCard>
  );
  return (
    <form class="d-stack" noValidate onSubmit={submit}>
      <div class="q-rules">
        {NUMBER_RULES.map((rule) =>
          card(
            rule,
            <NumberFields
              rule={rule}
              draft={draft}
              isTried={isTried}
              onInput={(name, text) => setDraft({ ...draft, numbers: { ...draft.numbers, [name]: text } })}
            />,
          ),
        )}
        {card(
          'openingHours',
          <Hours lines={draft.hours} isTried={isTried} onLines={(hours) => setDraft({ ...draft, hours })} />,
        )}
      </div>
      {canChange && (
        <div class="d-form-acts">
          <Button type="submit" kind="primary" action="save-rules" busy={props.busy === 'saveSetting'}>
            {t('kiosks.save')}
          </Button>
        </div>
      )}
    </form>
  );
}

function RuleCard(props: {
  readonly rule: RuleName;
  readonly setting: KioskSettingView;
  readonly isOwn: boolean;
  readonly canChange: boolean;
  readonly onOwn: (isOwn: boolean) => void;
  readonly children: ComponentChildren;
}) {
  const words = useWords();
  const { t } = words;
  const { rule, setting } = props;
  const now = setting.inForce.rules[rule];
  return (
    <fieldset class="d-card q-rule" data-rule={rule}>
      <legend class="n-hidden">{t(`rules.${rule}`)}</legend>
      <p class="q-rule-name" aria-hidden="true">
        {t(`rules.${rule}`)}
      </p>
      <p>{t(`rules.${rule}What`)}</p>
      <p class="d-note">
        {t('kiosks.ruleIs')} <strong>{ruleInWords(words, rule, now.value)}</strong> (
        <From value={now} unit={setting.unit} />)
      </p>
      {props.canChange && (
        <CheckField
          name={`own-${rule}`}
          label={t('kiosks.ruleOwn', { unit: setting.unitName })}
          checked={props.isOwn}
          onChange={props.onOwn}
        />
      )}
      {props.canChange && props.isOwn && props.children}
    </fieldset>
  );
}

function NumberFields(props: {
  readonly rule: NumberRule;
  readonly draft: RulesDraft;
  readonly isTried: boolean;
  readonly onInput: (name: string, text: string) => void;
}) {
  const { t } = useWords();
  return (
    <div class="q-fields">
      {NUMBER_FIELDS[props.rule].map((field) => {
        const name = `${props.rule}.${field.name}`;
        const value = props.draft.numbers[name] ?? '';
        const isWrong = props.isTried && !isWithin(value, field);
        return (
          <TextField
            key={name}
            name={name}
            type="number"
            inputMode="numeric"
            label={t(`rules.${field.name}`)}
            value={value}
            onInput={(text) => props.onInput(name, text)}
            error={isWrong ? t('kiosks.ruleWrong', { least: field.least, most: field.most }) : undefined}
          />
        );
      })}
    </div>
  );
}

/** A value as people read it: `100 %, 2`, `T2–T7 06:30–18:30`. */
function ruleInWords<Name extends RuleName>(
  { t, number }: Words,
  rule: Name,
  value: FeedbackRules[Name],
): string {
  if (rule === 'openingHours') {
    const lines = value as FeedbackRules['openingHours'];
    if (lines.length === 0) return t('rules.hoursNone');
    return lines.map(({ days, from, to }) => `${daysInWords(t, days)} ${from}–${to}`).join('; ');
  }
  if (value === null) return t('rules.idleDevice');
  if (typeof value === 'number') return t('rules.secondsOf', { count: number(value) });
  const fields = NUMBER_FIELDS[rule as NumberRule] as readonly { readonly name: 'percent' }[];
  const numbers = value as unknown as Readonly<Record<string, number>>;
  return fields.map(({ name }) => `${t(`rules.${name}`)}: ${number(numbers[name]!)}`).join('; ');
}
