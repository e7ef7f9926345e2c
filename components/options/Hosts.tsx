/** Which pages are read: add an address, choose its pack, let the browser ask. */
import { useState } from 'preact/hooks';
import { type HostSuggestion, isConfirmed, problemText, type View } from '../popup/model.ts';
import { Banner, Empty } from '../shared/Banner.tsx';
import { Button } from '../shared/Button.tsx';
import { ConfirmDialog } from '../shared/Dialog.tsx';
import { SelectField, TextField } from '../shared/Field.tsx';
import { Table } from '../shared/Table.tsx';
import { FindHost } from './FindHost.tsx';
import type { Room } from './room.ts';
import { Step } from './Step.tsx';

type Host = View['hosts'][number];

/** The origin of an address as pasted, or null when it is none. A missing scheme means https. */
function pastedOrigin(text: string): string | null {
  const clean = text.trim();
  if (clean === '') return null;
  try {
    const { origin, protocol } = new URL(/^[a-z]+:\/\//i.test(clean) ? clean : `https://${clean}`);
    return protocol === 'https:' || protocol === 'http:' ? origin : null;
  } catch {
    return null;
  }
}

export function Hosts(room: Room) {
  const { t, view } = room;
  const isReady = view.notice.acceptedAt !== null && view.device !== null;
  const granted = view.hosts.filter((one) => one.isGranted).length;
  return (
    <Step
      t={t}
      n={3}
      name="hosts"
      title={t('hosts.title')}
      summary={t('hosts.count', { n: view.hosts.length, granted })}
      state={!isReady ? 'wait' : granted > 0 ? 'done' : 'open'}
      keepOpen
    >
      <p>{t('hosts.lead')}</p>
      {view.hosts.length === 0 ? (
        <Empty title={t('hosts.empty')} name="hosts">
          {t('hosts.emptyText')}
        </Empty>
      ) : (
        <HostTable {...room} />
      )}
      <AddHost {...room} />
    </Step>
  );
}

function HostTable({ t, view, door, onChanged }: Room) {
  const [leaving, setLeaving] = useState<Host | null>(null);
  const nameOfFamily = (id: string) => view.families.find((one) => one.id === id)?.name ?? id;
  return (
    <>
      <Table
        caption={t('hosts.title')}
        hideCaption
        rows={view.hosts}
        rowKey={({ origin }) => origin}
        columns={[
          {
            id: 'host',
            head: t('hosts.column'),
            isRowHead: true,
            cell: (one) => (
              <>
                {one.name}
                <span class="o-origin">{one.origin}</span>
              </>
            ),
          },
          {
            id: 'family',
            head: t('hosts.family'),
            cell: (one) => (
              <>
                {nameOfFamily(one.family)}
                {(one.families ?? []).length > 0 && (
                  <span class="o-origin">
                    {t('hosts.alsoFamilies', { names: one.families!.map(nameOfFamily).join(', ') })}
                  </span>
                )}
              </>
            ),
          },
          {
            id: 'state',
            head: t('hosts.state'),
            cell: (one) => (
              <>
                <span class={`n-tag ${one.isGranted ? 'n-tag-good' : 'n-tag-warn'}`}>
                  {t(one.isGranted ? 'hosts.granted' : 'hosts.notGranted')}
                </span>
                {!isConfirmed(one) && (
                  <span class="o-origin" data-unconfirmed={one.origin}>
                    {t('hosts.unconfirmed')}
                  </span>
                )}
              </>
            ),
          },
          { id: 'source', head: t('hosts.source'), cell: (one) => t(`hosts.source.${one.source}`) },
          {
            id: 'act',
            head: '',
            cell: (one) => (
              <div class="o-cell-buttons">
                {!one.isGranted && (
                  <Button
                    kind="primary"
                    size="small"
                    action="grant"
                    onClick={async () => {
                      // One request for every host of the tenant, inside the click (DESIGN §4, Hosts).
                      await door.grant(
                        view.hosts.filter(({ tenant }) => tenant === one.tenant).map(({ origin }) => origin),
                      );
                      await onChanged();
                    }}
                  >
                    {t('hosts.grant')}
                  </Button>
                )}
                {one.source === 'options' && (
                  <Button kind="quiet" size="small" action="remove-host" onClick={() => setLeaving(one)}>
                    {t('hosts.remove')}
                  </Button>
                )}
              </div>
            ),
          },
        ]}
      />
      {!view.hosts.every(isConfirmed) && <p class="o-quiet">{t('hosts.unconfirmedHint')}</p>}
      {leaving && (
        <ConfirmDialog
          title={t('hosts.removeAsk', { origin: leaving.origin })}
          yes={t('hosts.remove')}
          no={t('cancel')}
          isDangerous
          onNo={() => setLeaving(null)}
          onYes={async () => {
            await door.removeHost(leaving.origin);
            setLeaving(null);
            await onChanged();
          }}
        >
          <p>{t('hosts.removeText')}</p>
        </ConfirmDialog>
      )}
    </>
  );
}

function AddHost({ t, view, door, onChanged }: Room) {
  const [address, setAddress] = useState('');
  const [name, setName] = useState('');
  const [family, setFamily] = useState('');
  const [picked, setPicked] = useState<HostSuggestion | null>(null);
  const [problem, setProblem] = useState<{ field: string; text: string } | null>(null);
  const chosen = family || (view.families[0]?.id ?? '');
  const pick = (host: HostSuggestion) => {
    setPicked(host);
    setAddress(host.origin);
    setName(host.name);
    setFamily(host.family);
    setProblem(null);
  };
  const nameOfFamily = (id: string) => view.families.find((one) => one.id === id)?.name ?? id;
  const also = picked?.origin === address && picked.family === chosen ? picked.families : [];
  const add = async () => {
    const origin = pastedOrigin(address);
    if (origin === null) return setProblem({ field: 'origin', text: t('error.notBindable') });
    // The call comes first and nothing is awaited before it: the browser ties its question to this click.
    const outcome = await door.addHost(origin, chosen, name.trim() || new URL(origin).hostname);
    if (!outcome.ok) {
      setProblem({
        field: outcome.field ?? 'all',
        text: outcome.code === 'notGranted' ? t('hosts.refused') : problemText(t, outcome),
      });
    } else {
      setProblem(null);
      setAddress('');
      setName('');
    }
    await onChanged();
  };
  return (
    <form
      class="o-form o-add"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <FindHost t={t} find={door.findHosts} onPick={pick} />
      <div class="o-fields">
        <TextField
          label={t('hosts.origin')}
          name="origin"
          hint={t('hosts.originHint')}
          inputMode="url"
          code
          value={address}
          error={problem?.field === 'origin' ? problem.text : undefined}
          onInput={setAddress}
        />
        <SelectField
          label={t('hosts.family')}
          name="family"
          hint={t('hosts.familyHint')}
          value={chosen}
          error={problem?.field === 'family' ? problem.text : undefined}
          options={view.families.map((one) => ({ value: one.id, text: `${one.name} (${one.version})` }))}
          onChange={setFamily}
        />
      </div>
      {also.length > 0 && (
        <p class="o-quiet">{t('hosts.alsoHint', { names: also.map(nameOfFamily).join(', ') })}</p>
      )}
      <TextField label={t('hosts.name')} name="host-name" maxLength={80} value={name} onInput={setName} />
      {problem?.field === 'all' && <Banner kind="warn" title={problem.text} name="host-problem" />}
      <div class="o-buttons">
        <Button kind="primary" type="submit" action="add-host">
          {t('hosts.add')}
        </Button>
      </div>
    </form>
  );
}
