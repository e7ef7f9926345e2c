/** One complaint: its words are fetched only when somebody asks, then taken up, answered, passed on, or erased for good. */
import { useState } from 'preact/hooks';
import { COMPLAINT_LIMITS } from '../../../lib/domain/complaint.ts';
import { dayOf, showDay } from '../../../lib/domain/dates.ts';
import { Button } from '../../shared/Button.tsx';
import { ConfirmDialog, Dialog } from '../../shared/Dialog.tsx';
import { Field } from '../../shared/Field.tsx';
import { failureWords } from '../Failed.tsx';
import type { Failure } from '../model.ts';
import { useWords } from '../words.ts';
import type { ComplaintAct, ComplaintActs, ComplaintRow, ComplaintWords } from './model.ts';
import { State } from './State.tsx';

export interface ComplaintPageProps {
  readonly row: ComplaintRow;
  readonly today: string;
  readonly busy: string | null;
  readonly failure: Failure | null;
  readonly acts: ComplaintActs;
  readonly onClose: () => void;
}

export function ComplaintPage(props: ComplaintPageProps) {
  const words = useWords();
  const { t } = words;
  const { row, acts } = props;
  const [opened, setOpened] = useState<ComplaintWords | null>(null);
  const [isErasing, setErasing] = useState(false);
  const isOpen = row.state === 'new' || row.state === 'working';
  const change = async (act: ComplaintAct) => {
    setErasing(false);
    if (!(await acts.changeComplaint(row.id, act))) return;
    if (act.act === 'erase') setOpened(null);
    else if (act.act !== 'work') props.onClose();
  };
  if (isErasing) {
    return (
      <ConfirmDialog
        title={t('complaints.eraseTitle', { id: row.id })}
        yes={t('complaints.erase')}
        no={t('complaints.eraseNot')}
        isDangerous
        busy={props.busy !== null}
        onYes={() => void change({ act: 'erase' })}
        onNo={() => setErasing(false)}
      >
        <p>{t('complaints.eraseWhat')}</p>
      </ConfirmDialog>
    );
  }
  return (
    <Dialog
      title={t('complaints.one', { id: row.id })}
      closeLabel={t('app.close')}
      width="wide"
      onClose={props.onClose}
    >
      <div class="d-stack c-view">
        <State row={row} today={props.today} />
        <p>
          {t('complaints.dates', {
            received: showDay(dayOf(Date.parse(row.receivedAt))),
            due: showDay(row.due),
          })}
        </p>
        {props.failure !== null && (
          <p class="n-error" role="alert">
            {failureWords(words, props.failure).text}
          </p>
        )}
        <Personal
          row={row}
          opened={opened}
          isBusy={props.busy !== null}
          onOpen={async () => setOpened(await acts.openComplaint(row.id))}
        />
        {isOpen && <Answering busy={props.busy} state={row.state} onAct={(act) => void change(act)} />}
        {row.erasedAt === null && (
          <Button kind="danger" action="erase" onClick={() => setErasing(true)}>
            {t('complaints.erase')}
          </Button>
        )}
      </div>
    </Dialog>
  );
}

function Personal(props: {
  readonly row: ComplaintRow;
  readonly opened: ComplaintWords | null;
  readonly isBusy: boolean;
  readonly onOpen: () => void;
}) {
  const { t } = useWords();
  const { row, opened } = props;
  if (row.erasedAt !== null) return <p>{t('complaints.erasedWhat')}</p>;
  if (opened === null) {
    return (
      <div>
        <p>{t('complaints.readWhat')}</p>
        <Button kind="primary" action="read" busy={props.isBusy} onClick={props.onOpen}>
          {t('complaints.read')}
        </Button>
      </div>
    );
  }
  const none = t('complaints.notGiven');
  return (
    <dl class="c-words" data-personal>
      <dt>{t('complaints.name')}</dt>
      <dd>{opened.name ?? none}</dd>
      <dt>{t('complaints.phone')}</dt>
      <dd>{opened.phone ?? none}</dd>
      <dt>{t('complaints.text')}</dt>
      <dd class="c-text">{opened.text ?? (row.way === 'slip' ? t('complaints.onPaper') : none)}</dd>
      {opened.answer !== null && (
        <>
          <dt>{t('complaints.answer')}</dt>
          <dd class="c-text">{opened.answer}</dd>
        </>
      )}
    </dl>
  );
}

function Answering(props: {
  readonly state: string;
  readonly busy: string | null;
  readonly onAct: (act: ComplaintAct) => void;
}) {
  const { t } = useWords();
  const [answer, setAnswer] = useState('');
  const [isTried, setTried] = useState(false);
  const finish = (act: 'answer' | 'passOn') => {
    setTried(true);
    if (answer.trim() !== '') props.onAct({ act, answer: answer.trim() });
  };
  return (
    <form class="d-form" noValidate onSubmit={(event) => event.preventDefault()}>
      {props.state === 'new' && (
        <Button action="work" busy={props.busy !== null} onClick={() => props.onAct({ act: 'work' })}>
          {t('complaints.work')}
        </Button>
      )}
      <Field
        name="answer"
        label={t('complaints.answer')}
        hint={t('complaints.answerHint')}
        error={isTried && answer.trim() === '' ? t('complaints.needAnswer') : undefined}
      >
        {({ id, describedBy }) => (
          <textarea
            id={id}
            class="n-input"
            name="answer"
            rows={4}
            maxLength={COMPLAINT_LIMITS.answer}
            value={answer}
            aria-describedby={describedBy}
            onInput={(event) => setAnswer(event.currentTarget.value)}
          />
        )}
      </Field>
      <div class="d-acts">
        <Button kind="primary" action="answer" busy={props.busy !== null} onClick={() => finish('answer')}>
          {t('complaints.doAnswer')}
        </Button>
        <Button action="passOn" busy={props.busy !== null} onClick={() => finish('passOn')}>
          {t('complaints.doPassOn')}
        </Button>
      </div>
    </form>
  );
}
