/** Known systems by name or address: choosing one fills the form, nothing else. */
import { useState } from 'preact/hooks';
import type { HostSuggestion, OptionsDoor, Words } from '../popup/model.ts';
import { TextField } from '../shared/Field.tsx';

/** From this many letters on something is looked for. */
const SHORTEST = 2;

export function FindHost(props: {
  readonly t: Words;
  readonly find: OptionsDoor['findHosts'];
  readonly onPick: (host: HostSuggestion) => void;
}) {
  const { t } = props;
  const [text, setText] = useState('');
  const isAsking = text.trim().length >= SHORTEST;
  const found = isAsking ? props.find(text.trim()) : [];
  return (
    <div class="o-find">
      <TextField
        label={t('hosts.find')}
        hint={t('hosts.findHint')}
        name="find-host"
        type="search"
        autocomplete="off"
        value={text}
        onInput={setText}
      />
      {isAsking && found.length === 0 && (
        <p class="o-quiet" role="status">
          {t('hosts.findNone')}
        </p>
      )}
      {found.length > 0 && (
        <ul class="o-found" aria-label={t('hosts.find')}>
          {found.map((host) => (
            <li key={host.origin}>
              <button
                type="button"
                class="o-found-one"
                data-origin={host.origin}
                onClick={() => {
                  setText('');
                  props.onPick(host);
                }}
              >
                {host.name}
                <span class="o-origin">{host.origin}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
