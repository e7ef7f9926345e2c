/** Picks a unit: a button that opens a searchable tree, all by keyboard (combobox over a tree, ARIA APG). */
import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import { showDay } from '../../lib/domain/dates.ts';
import type { Unit } from '../../lib/domain/unit.ts';
import { ancestorsOf, openRows, searchRows, type TreeRow, treeOf } from './unit-tree.ts';
import { useWords } from './words.ts';

export function UnitPicker(props: {
  readonly units: readonly Unit[];
  readonly value: string | null;
  readonly onPick: (unit: string) => void;
  readonly label?: string;
  /** Shown while nothing is chosen. */
  readonly placeholder?: string;
}) {
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const chosen = props.units.find((unit) => unit.id === props.value);

  useEffect(() => {
    if (!isOpen) return;
    const outside = (event: Event) => {
      if (!event.composedPath().includes(box.current as EventTarget)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('focusin', outside);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('focusin', outside);
    };
  }, [isOpen]);

  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div class="d-pick" ref={box}>
      <span class="n-label" id={`${id}-label`}>
        {props.label ?? t('unitPick.label')}
      </span>
      <button
        type="button"
        class="d-pick-button n-input"
        ref={button}
        id={`${id}-button`}
        aria-haspopup="tree"
        aria-expanded={isOpen}
        aria-labelledby={`${id}-label ${id}-button`}
        data-action="pick-unit"
        onClick={() => setOpen(!isOpen)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown' && !isOpen) {
            event.preventDefault();
            setOpen(true);
          }
        }}
      >
        <span class="d-pick-name">{chosen?.name ?? props.value ?? props.placeholder ?? '…'}</span>
        <span class="d-caret" aria-hidden="true" />
      </button>
      {isOpen && (
        <UnitTreePopup
          units={props.units}
          value={props.value}
          onClose={close}
          onPick={(unit) => {
            close();
            props.onPick(unit);
          }}
        />
      )}
    </div>
  );
}

function UnitTreePopup(props: {
  readonly units: readonly Unit[];
  readonly value: string | null;
  readonly onPick: (unit: string) => void;
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  const id = useId();
  const tree = useMemo(() => treeOf(props.units), [props.units]);
  const [query, setQuery] = useState('');
  const [open, setOpen] = useState<ReadonlySet<string>>(() => {
    const above = props.value === null ? [] : ancestorsOf(tree, props.value);
    return new Set([...tree.roots, ...above].map((unit) => unit.id));
  });
  const [active, setActive] = useState(props.value ?? tree.roots[0]?.id ?? '');
  const list = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const rows = useMemo(
    () => (query.trim() === '' ? openRows(tree, open) : searchRows(tree, query)),
    [tree, open, query],
  );
  const at = Math.max(
    0,
    rows.findIndex((row) => row.unit.id === active),
  );

  useEffect(() => input.current?.focus(), []);
  // Runs after every change of the active row, so that the keyboard never leaves what is seen.
  useEffect(() => {
    list.current?.querySelector('.is-active')?.scrollIntoView?.({ block: 'nearest' });
  }, [at, rows]);

  const toggle = (unit: string, isOpen: boolean) => {
    const next = new Set(open);
    if (isOpen) next.add(unit);
    else next.delete(unit);
    setOpen(next);
  };
  const move = (to: number) => setActive(rows[Math.min(rows.length - 1, Math.max(0, to))]?.unit.id ?? '');
  const onKey = (event: KeyboardEvent) => {
    const row = rows[at];
    const isSearching = query.trim() !== '';
    const keys: Record<string, () => void> = {
      ArrowDown: () => move(at + 1),
      ArrowUp: () => move(at - 1),
      PageDown: () => move(at + 8),
      PageUp: () => move(at - 8),
      Enter: () => row && props.onPick(row.unit.id),
      Escape: props.onClose,
    };
    if (!isSearching && row) {
      keys.ArrowRight = () => (row.hasChildren && !row.isOpen ? toggle(row.unit.id, true) : move(at + 1));
      keys.ArrowLeft = () => {
        if (row.isOpen) toggle(row.unit.id, false);
        else if (row.unit.parent !== null && tree.byId.has(row.unit.parent)) setActive(row.unit.parent);
      };
    }
    const act = keys[event.key];
    if (!act || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };

  return (
    <div class="d-popup">
      <input
        ref={input}
        class="n-input"
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        aria-label={t('unitPick.search')}
        aria-expanded={true}
        aria-controls={`${id}-tree`}
        aria-activedescendant={rows[at] ? `${id}-${rows[at].unit.id}` : undefined}
        aria-describedby={`${id}-hint`}
        placeholder={t('unitPick.placeholder')}
        value={query}
        onInput={(event) => {
          setQuery(event.currentTarget.value);
          setActive('');
        }}
        onKeyDown={onKey}
      />
      <p class="n-hidden" id={`${id}-hint`}>
        {t('unitPick.hint')}
      </p>
      <div class="d-tree" role="tree" id={`${id}-tree`} ref={list} aria-label={t('unitPick.label')}>
        {rows.map((row, index) => (
          <UnitRow
            key={row.unit.id}
            id={`${id}-${row.unit.id}`}
            row={row}
            isActive={index === at}
            isChosen={row.unit.id === props.value}
            onPick={() => props.onPick(row.unit.id)}
            onToggle={() => toggle(row.unit.id, !row.isOpen)}
          />
        ))}
      </div>
      {rows.length === 0 && <p class="d-quiet d-popup-none">{t('unitPick.none', { query })}</p>}
    </div>
  );
}

function UnitRow(props: {
  readonly id: string;
  readonly row: TreeRow;
  readonly isActive: boolean;
  readonly isChosen: boolean;
  readonly onPick: () => void;
  readonly onToggle: () => void;
}) {
  const { t } = useWords();
  const { row } = props;
  return (
    // The combobox input keeps the focus and handles every key for the active row.
    // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the input (aria-activedescendant)
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the input
    <div
      id={props.id}
      role="treeitem"
      class={`d-tree-row ${props.isActive ? 'is-active' : ''} ${props.isChosen ? 'is-chosen' : ''}`}
      style={{ paddingInlineStart: `${row.level * 18 - 8}px` }}
      aria-level={row.level}
      aria-expanded={row.hasChildren ? row.isOpen : undefined}
      aria-selected={props.isChosen}
      data-unit={row.unit.id}
      // The input keeps the focus: inside a dialog the press would move it there, and a picker left is a picker closed.
      onMouseDown={(event) => event.preventDefault()}
      onClick={props.onPick}
    >
      {row.hasChildren ? (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the arrow keys of the input do the same
        // biome-ignore lint/a11y/noStaticElementInteractions: a mouse shortcut for the arrow keys
        <span
          class={`d-twist ${row.isOpen ? 'is-open' : ''}`}
          onClick={(event) => {
            event.stopPropagation();
            props.onToggle();
          }}
        />
      ) : (
        <span class="d-twist-none" />
      )}
      <span class="d-tree-name">
        {row.unit.name}
        {row.unit.validTo !== null && (
          <span class="d-quiet"> ({t('unitPick.ended', { day: showDay(row.unit.validTo) })})</span>
        )}
        {row.path && <span class="d-tree-path">{row.path}</span>}
      </span>
    </div>
  );
}
