/** After a low answer: what was not good, in pictures and plain words. */
import type { KioskTranslate } from '../../lib/i18n/kiosk/index.ts';
import { Heading } from './Heading.tsx';
import { Icon } from './icons.tsx';
import { ReasonPicture, type ReasonPictureName } from './ReasonPicture.tsx';

export interface ReasonsProps {
  readonly t: KioskTranslate;
  readonly reasons: readonly {
    readonly id: string;
    readonly picture: ReasonPictureName;
    readonly text: string;
  }[];
  readonly chosen: readonly string[];
  readonly max: number;
  readonly onChoose: (id: string) => void;
}

export function Reasons({ t, reasons, chosen, max, onChoose }: ReasonsProps) {
  const isFull = chosen.length >= max;
  return (
    <div class="k-reasons k-guard">
      <Heading>{t('reasonsTitle')}</Heading>
      <p class="k-lead" aria-live="polite">
        {t(isFull ? 'reasonsFull' : 'reasonsText', { max })}
      </p>
      <fieldset class="k-reason-grid k-choices" aria-label={t('reasonsTitle')}>
        {reasons.map(({ id, picture, text }, index) => {
          const isChosen = chosen.includes(id);
          return (
            <button
              key={id}
              type="button"
              class="k-reason"
              data-choice
              aria-pressed={isChosen}
              aria-disabled={isFull && !isChosen}
              aria-keyshortcuts={String(index + 1)}
              onClick={() => onChoose(id)}
            >
              <ReasonPicture name={picture} />
              <span>{text}</span>
              <i class="k-reason-mark" aria-hidden="true">
                {isChosen && <Icon name="check" />}
              </i>
            </button>
          );
        })}
      </fieldset>
    </div>
  );
}

/** "Bỏ qua" until something is chosen or written, then "Xong". */
export function StepDone(props: { t: KioskTranslate; isFilled: boolean; onDone: () => void }) {
  return (
    <button
      type="button"
      class={props.isFilled ? 'k-tool k-done k-primary' : 'k-tool k-done'}
      onClick={props.onDone}
    >
      {props.isFilled && <Icon name="check" />}
      <span>{props.t(props.isFilled ? 'done' : 'skip')}</span>
    </button>
  );
}
