/** The written notice: what is recorded, what never is, the official's rights (DESIGN §11). */
import { useState } from 'preact/hooks';
import { momentOf } from '../popup/model.ts';
import { Button } from '../shared/Button.tsx';
import { CheckField } from '../shared/Field.tsx';
import type { Room } from './room.ts';
import { Step } from './Step.tsx';

const PARTS = [
  {
    title: 'notice.records',
    lines: ['notice.records1', 'notice.records2', 'notice.records3', 'notice.records4'],
  },
  { title: 'notice.never', lines: ['notice.never1', 'notice.never2', 'notice.never3'] },
  { title: 'notice.rights', lines: ['notice.rights1', 'notice.rights2', 'notice.rights3'] },
] as const;

export function Notice({ t, view, door, onChanged }: Room) {
  const [isRead, setRead] = useState(false);
  const { version, acceptedAt } = view.notice;
  return (
    <Step
      t={t}
      n={1}
      name="notice"
      title={t('notice.title')}
      summary={acceptedAt ? t('notice.accepted', { version, time: momentOf(acceptedAt) }) : ''}
      state={acceptedAt ? 'done' : 'open'}
    >
      <p>{t('notice.lead')}</p>
      <div class="o-notice">
        {PARTS.map(({ title, lines }) => (
          <section key={title} data-part={title}>
            <h3>{t(title)}</h3>
            <ul>
              {lines.map((line) => (
                <li key={line}>{t(line)}</li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      {!acceptedAt && (
        <div class="o-accept">
          <CheckField label={t('notice.accept')} name="accept" checked={isRead} onChange={setRead} />
          <Button
            kind="primary"
            disabled={!isRead}
            action="accept-notice"
            onClick={async () => {
              await door.acceptNotice(version);
              await onChanged();
            }}
          >
            {t('notice.next')}
          </Button>
        </div>
      )}
    </Step>
  );
}
