/** The check before use: one line per thing, what was found, what to do, and the button that does it. */
import type { ComponentChildren } from 'preact';
import type { StaffKey, StaffTranslate } from '../../../lib/i18n/kiosk/staff/index.ts';
import { Banner } from '../../shared/Banner.tsx';
import { Button } from '../../shared/Button.tsx';
import './check.css';

interface Line {
  readonly id:
    | 'storage'
    | 'persisted'
    | 'space'
    | 'restart'
    | 'secure'
    | 'hub'
    | 'clock'
    | 'sound'
    | 'touch'
    | 'display'
    | 'wake'
    | 'zoom'
    | 'update';
  readonly state: 'ok' | 'todo' | 'unknown';
  readonly text: StaffKey;
  readonly values?: Readonly<Record<string, string | number>>;
}

export interface CheckListProps {
  readonly t: StaffTranslate;
  /** Null while the first check runs. */
  readonly lines: readonly Line[] | null;
  readonly isBusy: boolean;
  /** `dd/MM/yyyy HH:mm` when this device was put into use, or null. */
  readonly commissionedAt: string | null;
  /** The tones were played and the person has not said yet whether they were heard. */
  readonly isAskingSound: boolean;
  readonly onRun: () => void;
  readonly onPersist: () => void;
  readonly onSound: () => void;
  readonly onHeard: (heard: boolean) => void;
  readonly onTouch: () => void;
  readonly onCommission: () => void;
}

const SIGNS = { ok: '✓', todo: '!', unknown: '?' } as const;

export function CheckList(props: CheckListProps) {
  const { t, lines, isBusy } = props;
  const left = lines?.filter(({ state }) => state === 'todo').length ?? 0;
  return (
    <section class="s-card s-check" data-card="check">
      <h2>{t('checkTitle')}</h2>
      <p>{t('checkText')}</p>
      {props.commissionedAt !== null && (
        <Banner kind="good" title={t('commissionedAt', { time: props.commissionedAt })} name="commissioned" />
      )}
      <p class="s-check-sum" role="status">
        {lines === null || isBusy
          ? t('checkRunning')
          : left > 0
            ? t('checkLeft', { n: left })
            : t('checkReady')}
      </p>
      <ul class="s-check-lines">
        {lines?.map((line) => (
          <CheckRow key={line.id} t={t} line={line}>
            <LineAction {...props} line={line} />
          </CheckRow>
        ))}
      </ul>
      <div class="s-actions">
        <Button
          kind="primary"
          size="large"
          action="commission"
          disabled={lines === null || left > 0}
          onClick={props.onCommission}
        >
          {t('commission')}
        </Button>
        <Button size="large" action="check-again" busy={isBusy} onClick={props.onRun}>
          {t('checkRun')}
        </Button>
      </div>
    </section>
  );
}

function CheckRow({ t, line, children }: { t: StaffTranslate; line: Line; children: ComponentChildren }) {
  return (
    <li class="s-check-line" data-check={line.id} data-state={line.state}>
      <span class="s-check-sign" aria-hidden="true">
        {SIGNS[line.state]}
      </span>
      <div>
        <strong>{t(`check_${line.id}`)}</strong> <em>{t(`checkState_${line.state}`)}</em>
        <p>{t(line.text, line.values)}</p>
        {children}
      </div>
    </li>
  );
}

/** What can be done about a line right here. */
function LineAction(props: CheckListProps & { line: Line }) {
  const { t, line } = props;
  switch (line.id) {
    case 'persisted':
      return line.state === 'todo' ? (
        <Button action="persist" onClick={props.onPersist}>
          {t('persistAsk')}
        </Button>
      ) : null;
    case 'sound':
      // The button stays while the question stands: whoever pressed it by keyboard goes on from it.
      return (
        <>
          <Button action="sound" onClick={props.onSound}>
            {t('soundTry')}
          </Button>
          {props.isAskingSound && (
            <fieldset class="s-check-ask">
              <legend>{t('soundAsk')}</legend>
              <Button action="heard" onClick={() => props.onHeard(true)}>
                {t('soundYes')}
              </Button>
              <Button action="not-heard" onClick={() => props.onHeard(false)}>
                {t('soundNo')}
              </Button>
            </fieldset>
          )}
        </>
      );
    case 'touch':
      return (
        <Button action="touch" onClick={props.onTouch}>
          {t('touchTry')}
        </Button>
      );
    default:
      return null;
  }
}
