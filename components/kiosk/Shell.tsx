/** The frame of every citizen's screen: whose device it is above, what helps to read and hear below, within reach. */
import type { ComponentChildren } from 'preact';
import type { KioskTranslate } from '../../lib/i18n/kiosk/index.ts';
import { useDrawn } from './drawn.ts';
import { Icon, Mark } from './icons.tsx';
import { Languages } from './Languages.tsx';
import { Loudspeaker } from './Loudspeaker.tsx';
import { StaffDoor } from './StaffDoor.tsx';

interface Tools {
  readonly languages: readonly { readonly id: string; readonly name: string }[];
  readonly language: string;
  readonly isLarge: boolean;
  readonly isContrast: boolean;
  readonly isLow: boolean;
  readonly isSpeaking: boolean;
  /** Null where nothing of this screen can be heard in this language. */
  readonly onListen: (() => void) | null;
  readonly onLanguage: (id: string) => void;
  readonly onLarge: () => void;
  readonly onContrast: () => void;
  readonly onLow: () => void;
}

export interface ShellProps {
  readonly t: KioskTranslate;
  readonly unit: string | null;
  /** A number, or a name shown as it is. */
  readonly counter: string | null;
  /** Name of the step, and what changes with it. */
  readonly step: string;
  readonly stepKey: string;
  readonly tools: Tools;
  readonly onStaff: () => void;
  readonly onBack: (() => void) | null;
  /** The button that ends the step, if it has one. */
  readonly action: ComponentChildren;
  readonly children: ComponentChildren;
}

export function Shell(props: ShellProps) {
  const { t, unit, counter, tools, onStaff, onBack, action, children } = props;
  const isDrawn = useDrawn();
  return (
    <div class="k-shell" data-step={props.step}>
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
        <div key={props.stepKey} class="k-foot-actions k-arm">
          {onBack && (
            <button type="button" class="k-tool k-back" onClick={onBack}>
              <Icon name="back" />
              <span>{t('back')}</span>
            </button>
          )}
          {isDrawn && action}
        </div>
        {isDrawn ? <ToolBar t={t} tools={tools} step={props.step} /> : <div class="k-tools k-soon" />}
      </footer>
    </div>
  );
}

function ToolBar({ t, tools, step }: { t: KioskTranslate; tools: Tools; step: string }) {
  return (
    <div class="k-tools">
      {tools.onListen && <Loudspeaker t={t} isSpeaking={tools.isSpeaking} onListen={tools.onListen} />}
      <button type="button" class="k-tool" aria-pressed={tools.isLarge} onClick={tools.onLarge}>
        <Icon name="text" />
        <span>{t('largeText')}</span>
      </button>
      <button type="button" class="k-tool" aria-pressed={tools.isContrast} onClick={tools.onContrast}>
        <Icon name="contrast" />
        <span>{t('contrast')}</span>
      </button>
      <button type="button" class="k-tool k-tool-low" aria-pressed={tools.isLow} onClick={tools.onLow}>
        <Icon name="reach" />
        <span>{t('lowReach')}</span>
      </button>
      <Languages key={step} t={t} {...tools} room={step === 'attract' ? 5 : 2} />
    </div>
  );
}
