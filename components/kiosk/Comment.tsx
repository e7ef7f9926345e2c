/** A few words, if the citizen likes. Written as plain text, shown as plain text. */
import type { ComponentChildren, RefObject } from 'preact';
import type { KioskTranslate } from '../../lib/i18n/kiosk/index.ts';
import { Heading } from './Heading.tsx';

export interface CommentProps {
  readonly t: KioskTranslate;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly text: string;
  /** What is left to write once the end is near, else null. */
  readonly left: number | null;
  readonly isCut: boolean;
  readonly onInput: (typed: string) => void;
  readonly onBeforeInput: (event: InputEvent) => void;
  /** The keys below the field. */
  readonly children: ComponentChildren;
}

export function Comment(props: CommentProps) {
  const { t, field, text, left, isCut } = props;
  const isTold = left !== null || isCut;
  return (
    <div class="k-comment k-guard">
      <Heading>{t('commentTitle')}</Heading>
      <p id="k-comment-note" class="k-lead">
        {t('commentPrivacy')}
      </p>
      <textarea
        ref={field}
        class="k-field"
        rows={2}
        value={text}
        aria-label={t('commentField')}
        aria-describedby="k-comment-note k-comment-count"
        autocomplete="off"
        autocapitalize="sentences"
        spellcheck={false}
        inputMode="none"
        onInput={(event) => props.onInput(event.currentTarget.value)}
        onBeforeInput={(event) => props.onBeforeInput(event as InputEvent)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.preventDefault();
        }}
      />
      <p id="k-comment-count" class="k-count" aria-live="polite" hidden={!isTold}>
        {isCut ? t('commentCut') : left !== null && t('commentLeft', { n: left })}
      </p>
      {props.children}
    </div>
  );
}
