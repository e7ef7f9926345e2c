/** The frame of every citizen's screen: whose device it is above, what helps to read and hear below, within reach. */
import type { ComponentChildren } from 'preact';
import type { KioskTranslate } from '../../lib/i18n/kiosk/index.ts';
import { Icon, Mark } from './icons.tsx';
import { StaffDoor } from './StaffDoor.tsx';

interface Tools {
  readonly languages: readonly { readonly id: string; readonly name: string }[];
  readonly language: string;
  readonly isLarge: boolean;
  readonly isContrast: boolean;
  /** Null where no voice of this language is installed. */
  readonly onListen: (() => void) | null;
  readonly onLanguage: (id: string) => void;
  readonly onLarge: () => void;
  readonly onContrast: () => void;
}

export interface ShellProps {
  readonly t: KioskTranslate;
  readonly unit: string | null;
  /** A number, or a name shown as it is. */
  readonly counter: string | null;
  readonly tools: Tools;
  readonly onStaff: () => void;
  readonly onBack: (() => void) | null;
  /** The button that ends the step, if it has one. */
  readonly action: ComponentChildren;
  readonly children: ComponentChildren;
}

export function Shell({ t, unit, counter, tools, onStaff, onBack, action, children }: ShellProps) {
  return (
    <div class="k-shell">
      <header class="k-head">
        <StaffDoor label={t('staffDoor')} onOpen={onStaff}>
          <Mark />
        </StaffDoor>
        <div class="k-head-text">
          <strong>{unit ?? t('office')}</strong>
          <span>{unit ? t('office') : t('appName')}</span>
        </div>
        {counter !== null && (
          <span class="k-counter">{/^\d+$/.test(counter) ? t('counter', { counter }) : counter}</span>
        )}
      </header>
      <main class="k-main">{children}</main>
      <footer class="k-foot">
        <div class="k-foot-actions">
          {onBack && (
            <button type="button" class="k-tool k-back" onClick={onBack}>
              <Icon name="back" />
              <span>{t('back')}</span>
            </button>
          )}
          {action}
        </div>
        <ToolBar t={t} tools={tools} />
      </footer>
    </div>
  );
}

function ToolBar({ t, tools }: { t: KioskTranslate; tools: Tools }) {
  return (
    <div class="k-tools">
      {tools.onListen && (
        <button type="button" class="k-tool" onClick={tools.onListen}>
          <Icon name="listen" />
          <span>{t('listen')}</span>
        </button>
      )}
      <button type="button" class="k-tool" aria-pressed={tools.isLarge} onClick={tools.onLarge}>
        <Icon name="text" />
        <span>{t('largeText')}</span>
      </button>
      <button type="button" class="k-tool" aria-pressed={tools.isContrast} onClick={tools.onContrast}>
        <Icon name="contrast" />
        <span>{t('contrast')}</span>
      </button>
      <fieldset class="k-languages" aria-label={t('language')}>
        {tools.languages.map(({ id, name }) => (
          <button
            key={id}
            type="button"
            class="k-tool k-language"
            lang={id}
            aria-pressed={id === tools.language}
            onClick={() => tools.onLanguage(id)}
          >
            <b aria-hidden="true">{id.toUpperCase()}</b>
            <span>{name}</span>
          </button>
        ))}
      </fieldset>
    </div>
  );
}
