/** The door to the staff screens, which are a chunk of their own. */
import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Notice } from '../../components/kiosk/Notice.tsx';
import { kioskTexts } from '../i18n/kiosk/index.ts';
import type { Room } from './room.ts';

type Panel = FunctionComponent<{ room: Room }>;

export function StaffRoom({ room }: { room: Room }) {
  const [panel, setPanel] = useState<{ readonly View: Panel } | null>(null);
  useEffect(() => {
    import('./staff/panel.tsx').then(
      ({ StaffPanel }) => setPanel({ View: StaffPanel }),
      () => void room.leaveStaff(),
    );
  }, []);
  if (panel) return <panel.View room={room} />;
  return <Notice isAlone icon="tools" title={kioskTexts('vi')('starting')} lines={[]} />;
}
