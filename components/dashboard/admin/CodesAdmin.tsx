/** One-time activation codes: make one, read it once in big letters, see what became of the others. */
import { useRef, useState } from 'preact/hooks';
import type { Unit } from '../../../lib/domain/unit.ts';
import { Empty } from '../../shared/Banner.tsx';
import { Button } from '../../shared/Button.tsx';
import { SelectField, TextField } from '../../shared/Field.tsx';
import { Table } from '../../shared/Table.tsx';
import { Loaded } from '../Failed.tsx';
import type { ActivationCode, CodeRequest, DeviceKind, Load, MadeCode } from '../model.ts';
import { UnitPicker } from '../UnitPicker.tsx';
import { useWords } from '../words.ts';

export interface CodesAdminProps {
  readonly load: Load<readonly ActivationCode[]>;
  readonly units: readonly Unit[];
  readonly unit: string;
  readonly now: number;
  readonly made: MadeCode | null;
  readonly busy: boolean;
  readonly onMake: (request: CodeRequest) => void;
  readonly onHide: () => void;
  readonly onRetry: () => void;
  /** Copies text; answers whether the browser allowed it. */
  readonly onCopy: (text: string) => Promise<boolean>;
}

export function CodesAdmin(props: CodesAdminProps) {
  const { t } = useWords();
  return (
    <div class="d-stack">
      <header class="d-view-head">
        <div>
          <h2>{t('codes.title')}</h2>
          <p class="d-quiet">{t('codes.lead')}</p>
        </div>
      </header>
      <div class="d-columns d-columns-form">
        {props.made ? <FreshCode {...props} made={props.made} /> : <MakeForm key={props.unit} {...props} />}
        <Loaded load={props.load} onRetry={props.onRetry}>
          {(codes) => <CodeList {...props} codes={codes} />}
        </Loaded>
      </div>
    </div>
  );
}

function MakeForm(props: CodesAdminProps) {
  const { t } = useWords();
  const [unit, setUnit] = useState(props.unit);
  const [kind, setKind] = useState<DeviceKind>('extension');
  const [name, setName] = useState('');
  const [isTried, setTried] = useState(false);
  const submit = (event: Event) => {
    event.preventDefault();
    setTried(true);
    if (name.trim() !== '') props.onMake({ unit, kind, name: name.trim() });
  };
  return (
    <form class="d-card d-form" onSubmit={submit} noValidate>
      <h3>{t('codes.make')}</h3>
      <UnitPicker units={props.units} value={unit} onPick={setUnit} label={t('codes.unit')} />
      <SelectField
        name="kind"
        label={t('codes.kind')}
        value={kind}
        onChange={(value) => setKind(value === 'kiosk' ? 'kiosk' : 'extension')}
        options={[
          { value: 'extension', text: t('devices.kind.extension') },
          { value: 'kiosk', text: t('devices.kind.kiosk') },
        ]}
      />
      <TextField
        name="device-name"
        label={t('codes.name')}
        hint={t('codes.nameHint')}
        value={name}
        onInput={setName}
        maxLength={80}
        error={isTried && name.trim() === '' ? t('codes.needName') : undefined}
      />
      <Button type="submit" kind="primary" busy={props.busy} action="make-code">
        {t('codes.submit')}
      </Button>
    </form>
  );
}

function FreshCode(props: CodesAdminProps & { readonly made: MadeCode }) {
  const { t, moment } = useWords();
  const code = useRef<HTMLOutputElement>(null);
  const [copied, setCopied] = useState<boolean | null>(null);
  const copy = async () => {
    const isCopied = await props.onCopy(props.made.code);
    setCopied(isCopied);
    if (!isCopied && code.current) getSelection()?.selectAllChildren(code.current);
  };
  return (
    <section class="d-card d-fresh" aria-live="polite">
      <h3>{t('codes.ready')}</h3>
      <output class="d-code" ref={code} data-code={props.made.code}>
        {props.made.code}
      </output>
      <p>{t('codes.once', { moment: moment(props.made.expires) })}</p>
      <div class="d-acts">
        <Button kind="primary" onClick={copy} action="copy-code">
          {t(copied ? 'app.copied' : 'app.copy')}
        </Button>
        <Button onClick={props.onHide} action="hide-code">
          {t('codes.hide')}
        </Button>
      </div>
      {copied === false && <p class="d-warn">{t('codes.copyFailed')}</p>}
    </section>
  );
}

function CodeList(props: CodesAdminProps & { readonly codes: readonly ActivationCode[] }) {
  const { t, moment } = useWords();
  if (props.codes.length === 0) {
    return (
      <Empty title={t('codes.none')} name="codes">
        {t('codes.noneDo')}
      </Empty>
    );
  }
  const names = new Map(props.units.map((unit) => [unit.id, unit.name]));
  const newest = [...props.codes].sort((a, b) => (a.expires < b.expires ? 1 : -1));
  return (
    <Table
      caption={t('codes.list')}
      rows={newest}
      rowKey={({ id }) => id}
      columns={[
        {
          id: 'name',
          head: t('codes.name'),
          isRowHead: true,
          cell: (one: ActivationCode) => (
            <>
              {one.name}
              <span class="d-sub">{t(`devices.kind.${one.kind}`)}</span>
            </>
          ),
        },
        { id: 'unit', head: t('codes.unit'), cell: (one: ActivationCode) => names.get(one.unit) ?? one.unit },
        { id: 'expires', head: t('codes.expires'), cell: (one: ActivationCode) => moment(one.expires) },
        {
          id: 'state',
          head: t('codes.state'),
          cell: (one: ActivationCode) =>
            one.usedAt !== null ? (
              <span class="n-tag n-tag-good">{t('codes.used', { moment: moment(one.usedAt) })}</span>
            ) : Date.parse(one.expires) < props.now ? (
              <span class="n-tag">{t('codes.expired')}</span>
            ) : (
              <span class="n-tag n-tag-warn">{t('codes.open')}</span>
            ),
        },
      ]}
    />
  );
}
