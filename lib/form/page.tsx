/** Wires the form: the state, what is sent, the complaint beside it, the widget's reset for the next person. */
import { render } from 'preact';
import { useEffect, useMemo, useReducer, useRef } from 'preact/hooks';
import { Changed, Closed, ComplainDoor, Sending, Thanks, Waiting } from '../../components/form/Ends.tsx';
import { Frame } from '../../components/form/Frame.tsx';
import { IdleNotice } from '../../components/form/IdleNotice.tsx';
import { CommentStep, QuestionStep, ReasonsStep } from '../../components/form/Rating.tsx';
import type { PublicForm } from '../domain/public-form.ts';
import { wordsIn } from '../domain/questionnaire.ts';
import { FORM_LANGUAGES, type FormTranslate, formTexts } from '../i18n/form/index.ts';
import { ComplaintRoom, type Kept, nothingKept } from './complaint-room.tsx';
import { advance, answerOf, canComplain, type FormEvent, type FormFlow, openFlow } from './flow.ts';
import { useIdle } from './idle.ts';
import { teller } from './parent.ts';
import { randomId } from './random.ts';
import { hubSender, type Sender } from './send.ts';

/** Starts the page in `root`, which carries what the hub wrote into it. */
export function startFormPage(root: HTMLElement): void {
  const form = formIn(root);
  root.removeAttribute('data-form');
  document.documentElement.toggleAttribute('data-widget', form.kind === 'widget');
  const wanted = new URLSearchParams(location.search).get('lang') ?? navigator.language.slice(0, 2);
  const language = FORM_LANGUAGES.some(({ id }) => id === wanted) ? wanted : 'vi';
  const opened = openFlow(form, language, randomId());
  const isComplaint = location.hash === '#phan-anh' && canComplain(opened, form);
  const first = isComplaint ? advance(opened, { type: 'complain' }, form) : opened;
  const sender = hubSender(
    (...request) => fetch(...request),
    () => document.documentElement.lang,
  );
  render(<FormPage form={form} first={first} sender={sender} />, root);
}

const UNKNOWN: PublicForm = {
  state: 'unknown',
  kind: 'counter',
  token: '',
  unit: null,
  counter: null,
  questionnaire: null,
  origins: [],
};

function formIn(root: HTMLElement): PublicForm {
  const text = root.getAttribute('data-form') ?? '';
  // Written by the hub that served this page; opened as a bare file it is empty.
  return text === '' ? UNKNOWN : (JSON.parse(text) as PublicForm);
}

/** A widget's thanks stand so long, then the next person may begin. Milliseconds. */
const THANKS = 15_000;
/** A waiting answer is tried again after so long, and at once when the line comes back. */
const AGAIN = 20_000;

interface FormPageProps {
  readonly form: PublicForm;
  readonly first: FormFlow;
  readonly sender: Sender;
}

function FormPage({ form, first, sender }: FormPageProps) {
  const [flow, send] = useReducer((state: FormFlow, event: FormEvent) => advance(state, event, form), first);
  const t = formTexts(flow.language);
  const tell = useMemo(() => teller(form), [form]);
  const kept = useRef(nothingKept());
  const { name } = flow.screen;
  useEffect(() => {
    document.documentElement.lang = flow.language;
    document.title = t('title');
  }, [flow.language]);
  useSending(flow, form, sender, send);
  useParent(tell, name);
  const fresh = () => send({ type: 'fresh', id: randomId() });
  const isShared = form.kind === 'widget';
  const idle = useIdle(isShared && isUnderWay(flow), fresh);
  useEffect(() => {
    if (!isShared || name !== 'thanks') return;
    const timer = setTimeout(fresh, THANKS);
    return () => clearTimeout(timer);
  }, [name, flow.id]);
  return (
    <Frame
      t={t}
      unit={form.unit}
      counter={form.counter}
      languages={FORM_LANGUAGES}
      language={flow.language}
      onLanguage={(language) => send({ type: 'language', language })}
    >
      <Screen
        key={stepKey(flow)}
        form={form}
        flow={flow}
        sender={sender}
        kept={kept.current}
        send={send}
        t={t}
      />
      {idle.seconds !== null && <IdleNotice t={t} seconds={idle.seconds} onStay={idle.stay} />}
    </Frame>
  );
}

/** Changes with the step, so that each is built anew and nothing of the one before stays in the page. */
function stepKey({ screen, id }: FormFlow): string {
  return screen.name === 'question' ? `${id}/${screen.index}` : `${id}/${screen.name}`;
}

/** Something of somebody is on the screen that is neither sent nor about to be. */
function isUnderWay(flow: FormFlow): boolean {
  return ['question', 'reasons', 'comment'].includes(flow.screen.name) && !isFresh(flow);
}

function isFresh({ screen, answers }: FormFlow): boolean {
  return screen.name === 'question' && Object.keys(answers).length === 0;
}

/** Sends while the step says so; when the line is back, a waiting answer goes by itself. */
function useSending(
  flow: FormFlow,
  form: PublicForm,
  sender: Sender,
  send: (event: FormEvent) => void,
): void {
  const { name } = flow.screen;
  useEffect(() => {
    if (name === 'sending') {
      void sender.answer(answerOf(flow, form)).then((outcome) => send({ type: 'sent', outcome }));
    }
    if (name !== 'waiting') return;
    const again = () => send({ type: 'again' });
    const timer = setTimeout(again, AGAIN);
    addEventListener('online', again);
    return () => {
      clearTimeout(timer);
      removeEventListener('online', again);
    };
  }, [name, flow.id]);
}

function useParent(tell: ReturnType<typeof teller>, step: string): void {
  const isTold = useRef(false);
  useEffect(() => {
    if (!isTold.current) tell({ type: 'nmc:ready' });
    isTold.current = true;
    const watch = new ResizeObserver(() => tell({ type: 'nmc:height', height: document.body.scrollHeight }));
    watch.observe(document.body);
    return () => watch.disconnect();
  }, [tell]);
  useEffect(() => {
    if (step === 'thanks') tell({ type: 'nmc:done' });
  }, [tell, step]);
}

interface ScreenProps {
  readonly form: PublicForm;
  readonly flow: FormFlow;
  readonly sender: Sender;
  readonly kept: Kept;
  readonly send: (event: FormEvent) => void;
  readonly t: FormTranslate;
}

function Screen(props: ScreenProps) {
  const { form, flow, send, t } = props;
  const { screen, language } = flow;
  const { questionnaire } = form;
  const back = () => send({ type: 'back' });
  const door = canComplain(flow, form) && <ComplainDoor t={t} onOpen={() => send({ type: 'complain' })} />;
  switch (screen.name) {
    case 'question': {
      const question = questionnaire?.questions[screen.index];
      if (!questionnaire || !question) return null;
      return (
        <>
          <QuestionStep
            t={t}
            question={question}
            language={language}
            number={screen.index + 1}
            of={questionnaire.questions.length}
            onAnswer={(level) => send({ type: 'answer', level })}
            onBack={isFresh(flow) ? null : back}
          />
          <p class="f-note">{t('nameless')}</p>
          {isFresh(flow) && door}
        </>
      );
    }
    case 'reasons':
      return (
        <ReasonsStep
          t={t}
          reasons={(questionnaire?.reasons ?? []).map((one) => ({
            ...one,
            text: wordsIn(one.text, language),
          }))}
          chosen={flow.reasons}
          max={questionnaire?.maxReasons ?? 0}
          onChoose={(id) => send({ type: 'reason', id })}
          onDone={(isSkipped) => send({ type: isSkipped ? 'skip' : 'next' })}
          onBack={back}
        />
      );
    case 'comment':
      return (
        <CommentStep
          t={t}
          text={flow.comment}
          onText={(text) => send({ type: 'comment', text })}
          onSend={(isSkipped) => send({ type: isSkipped ? 'skip' : 'next' })}
          onBack={back}
        />
      );
    case 'sending':
      return <Sending t={t} />;
    case 'waiting':
      return <Waiting t={t} why={screen.why} onAgain={() => send({ type: 'again' })} />;
    case 'changed':
      return <Changed t={t} onReload={() => location.reload()} />;
    case 'closed':
      return (
        <Closed t={t} state={form.state}>
          {door}
        </Closed>
      );
    case 'thanks':
      return (
        <Thanks t={t}>
          {form.kind === 'widget' ? (
            <>
              <p class="f-note">{t('paper')}</p>
              <button
                type="button"
                class="f-button"
                data-act="fresh"
                onClick={() => send({ type: 'fresh', id: randomId() })}
              >
                {t('thanksAgain')}
              </button>
            </>
          ) : (
            door
          )}
        </Thanks>
      );
    case 'complaint':
      return (
        <ComplaintRoom
          form={form}
          sender={props.sender}
          kept={props.kept}
          t={t}
          onLeave={() => send({ type: 'leave' })}
        />
      );
  }
}
