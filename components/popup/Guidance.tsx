/** Citizens were shown or handed guidance: one press, one citizen. */
import { useState } from 'preact/hooks';
import { Button } from '../shared/Button.tsx';
import { type Outcome, problemText, type Words } from './model.ts';

const TOPICS = ['filing', 'payment'] as const;

export function Guidance(props: {
  readonly t: Words;
  readonly onGuide: (topic: 'filing' | 'payment', attempt: string) => Promise<Outcome>;
}) {
  const { t } = props;
  const [said, setSaid] = useState<{ text: string; isBad: boolean } | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const [counts, setCounts] = useState({ filing: 0, payment: 0 });
  const guide = async (topic: 'filing' | 'payment') => {
    setBusy(topic);
    const outcome = await props.onGuide(topic, crypto.randomUUID());
    setBusy(null);
    if (!outcome.ok) return setSaid({ text: problemText(t, outcome), isBad: true });
    const n = counts[topic] + 1;
    setCounts({ ...counts, [topic]: n });
    setSaid({ text: t(`guidance.done.${topic}`, { n }), isBad: false });
  };
  return (
    <section class="p-card" aria-label={t('guidance.title')}>
      <p class="p-small">{t('guidance.text')}</p>
      <div class="p-guide">
        {TOPICS.map((topic) => (
          <Button key={topic} busy={busy === topic} action={`guide-${topic}`} onClick={() => guide(topic)}>
            {t(`guidance.${topic}`)}
          </Button>
        ))}
      </div>
      <p class={said?.isBad ? 'p-note p-note-bad' : 'p-small'} role="status" data-guided>
        {said?.text}
      </p>
    </section>
  );
}
