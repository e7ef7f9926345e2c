/** Comments of released ratings, and erasing one for ever. */
import { useState } from 'preact/hooks';
import { type Questionnaire, questionnaireRef, wordsIn } from '../../../lib/domain/questionnaire.ts';
import type { CommentView } from '../../../lib/indicators/feedback.ts';
import { Button } from '../../shared/Button.tsx';
import { ConfirmDialog } from '../../shared/Dialog.tsx';
import { useWords } from '../words.ts';
import { levelName, questionTitle, usePlaces } from './places.ts';

/** Shown at once; the rest on demand. */
const FIRST = 20;

export function Comments(props: {
  readonly comments: readonly CommentView[];
  readonly questionnaires: readonly Questionnaire[];
  readonly canErase: boolean;
  readonly busy: string | null;
  readonly onErase: (hash: string) => Promise<boolean>;
}) {
  const { t, number } = useWords();
  const [asked, setAsked] = useState<string | null>(null);
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? props.comments : props.comments.slice(0, FIRST);
  return (
    <section class="d-stack" aria-labelledby="f-comments">
      <div class="f-head">
        <h3 id="f-comments">{t('feedback.comments')}</h3>
        <p class="d-note">{t('feedback.commentsWhat')}</p>
      </div>
      {shown.length === 0 ? (
        <p class="d-few">{t('feedback.commentsNone')}</p>
      ) : (
        <ul class="f-comments">
          {shown.map((comment) => (
            <li key={comment.hash} class="d-card" data-comment={comment.hash.slice(0, 12)}>
              <Comment comment={comment} questionnaires={props.questionnaires} />
              {props.canErase && comment.text !== null && (
                <Button
                  size="small"
                  action="erase-comment"
                  busy={props.busy === `erase:${comment.hash}`}
                  onClick={() => setAsked(comment.hash)}
                >
                  {t('feedback.erase')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {shown.length < props.comments.length && (
        <div>
          <Button action="all-comments" onClick={() => setWhole(true)}>
            {t('feedback.commentsMore', { count: number(props.comments.length) })}
          </Button>
        </div>
      )}
      {asked !== null && (
        <ConfirmDialog
          title={t('feedback.eraseTitle')}
          yes={t('feedback.eraseYes')}
          no={t('app.cancel')}
          isDangerous
          busy={props.busy === `erase:${asked}`}
          onNo={() => setAsked(null)}
          onYes={async () => {
            await props.onErase(asked);
            setAsked(null);
          }}
        >
          <p>{t('feedback.eraseWhat')}</p>
        </ConfirmDialog>
      )}
    </section>
  );
}

function Comment(props: {
  readonly comment: CommentView;
  readonly questionnaires: readonly Questionnaire[];
}) {
  const words = useWords();
  const { t, span, language } = words;
  const nameOf = usePlaces();
  const { comment } = props;
  const known = props.questionnaires.find((one) => questionnaireRef(one) === comment.questionnaire);
  const answers = Object.entries(comment.answers).map(([id, level]) => {
    const asked = known?.questions.find((one) => one.id === id) ?? null;
    return `${questionTitle(words, asked, id)}: ${levelName(words, asked, asked?.scale ?? 5, level)}`;
  });
  const reasons = comment.reasons.map((id) => {
    const reason = known?.reasons.find((one) => one.id === id);
    return reason ? wordsIn(reason.text, language) : id;
  });
  return (
    <div class="f-comment">
      {comment.text === null ? (
        <p class="d-quiet">{t(comment.isErased ? 'feedback.commentErased' : 'feedback.commentMissing')}</p>
      ) : (
        <blockquote>{comment.text}</blockquote>
      )}
      <p class="d-note">
        {t('feedback.commentOf', {
          name: nameOf(comment, true),
          days: span({ from: comment.firstDay, to: comment.lastDay }),
        })}{' '}
        · {t(`feedback.source.${comment.source}`)}
        {comment.isFlagged && ` · ${t('feedback.ofFlagged')}`}
      </p>
      <p class="d-note">
        {t('feedback.commentAnswers')}: {[...answers, ...reasons].join('; ')}
      </p>
    </div>
  );
}
