/** The frame of the phone's form: whose counter it is, the languages, the step below. */
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { FormTranslate } from '../../lib/i18n/form/index.ts';

export interface FrameProps {
  readonly t: FormTranslate;
  readonly unit: string | null;
  readonly counter: string | null;
  readonly languages: readonly { readonly id: string; readonly name: string }[];
  readonly language: string;
  readonly onLanguage: (id: string) => void;
  readonly children: ComponentChildren;
}

export function Frame({ t, unit, counter, languages, language, onLanguage, children }: FrameProps) {
  return (
    <div class="f-page">
      <header class="f-head">
        <div class="f-place">
          <strong>{unit ?? t('office')}</strong>
          {counter !== null && <span>{counter}</span>}
        </div>
        <fieldset class="f-languages" aria-label={t('language')}>
          {languages.map(({ id, name }) => (
            <button
              key={id}
              type="button"
              lang={id}
              aria-label={`${id.toUpperCase()} ${name}`}
              aria-pressed={id === language}
              onClick={() => onLanguage(id)}
            >
              {id.toUpperCase()}
            </button>
          ))}
        </fieldset>
      </header>
      <main class="f-main">{children}</main>
    </div>
  );
}

/** Milliseconds in which a step that just appeared takes no tap: the second tap of a double one answers nothing. */
const GUARD = 300;

/** A step: its heading takes the focus when it appears, so that a screen reader starts there. */
export function Step(props: {
  readonly title: string;
  readonly lead?: string | undefined;
  readonly name: string;
  readonly role?: 'status' | 'alert';
  readonly children?: ComponentChildren;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  const [isGuarded, setGuarded] = useState(true);
  useLayoutEffect(() => {
    window.scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    const timer = setTimeout(() => setGuarded(false), GUARD);
    return () => clearTimeout(timer);
  }, []);
  return (
    <section class={isGuarded ? 'f-step f-guard' : 'f-step'} data-step={props.name} role={props.role}>
      <h1 ref={heading} tabIndex={-1}>
        {props.title}
      </h1>
      {props.lead && <p class="f-lead">{props.lead}</p>}
      {props.children}
    </section>
  );
}
