/** Hosts read on the person's own word: no administrator has confirmed them yet. */
import { isConfirmed, type View, type Words } from './model.ts';

const MOST = 3;

export function Unconfirmed({ t, view }: { readonly t: Words; readonly view: View }) {
  const names = view.hosts.filter((one) => one.isGranted && !isConfirmed(one)).map(({ name }) => name);
  if (names.length === 0) return null;
  const shown = [...new Set(names)];
  const text = shown.slice(0, MOST).join(', ') + (shown.length > MOST ? ', …' : '');
  return (
    <p class="p-note" data-note="unconfirmed">
      {t('popup.unconfirmed', { names: text })}
    </p>
  );
}
