/** The import of a portal's file; its code comes when the tab is opened. */
import { useEffect, useState } from 'preact/hooks';
import { extensionTexts } from '../../lib/i18n/extension/index.ts';
import type { ExportDoor } from '../dashboard/export-model.ts';
import { Skeleton } from '../shared/Spinner.tsx';

type View = typeof import('../dashboard/ExportImport.tsx').ExportImport;

export function Import(props: { readonly door: ExportDoor; readonly language: 'vi' | 'en' }) {
  const [View, setView] = useState<View | null>(null);
  useEffect(() => {
    import('../dashboard/ExportImport.tsx').then(({ ExportImport }) => setView(() => ExportImport));
  }, []);
  if (View === null) return <Skeleton label={extensionTexts(props.language)('loading')} lines={4} />;
  return <View {...props} />;
}
