/** End of the day: one button that sends and declares, and what somebody should look at. */
import { useState } from 'preact/hooks';
import { ClosingCard } from '../../../components/kiosk/staff/ClosingCard.tsx';
import type { StaffTranslate } from '../../i18n/kiosk/staff/index.ts';
import { useValue } from '../cell.ts';
import type { Loaded } from '../lazy-backend.ts';
import type { Room } from '../room.ts';
import { closeDay } from './actions.ts';
import { showTime } from './facts.ts';
import type { RoomProps } from './room-props.ts';

export function ClosingRoom({ t, room, facts, tell, refresh }: RoomProps) {
  const inForce = useValue(room.inForce.get, room.inForce.subscribe);
  const [notices, setNotices] = useState<readonly string[] | null>(null);
  const [isBusy, setBusy] = useState(false);
  const look = async () => setNotices(noticesOf(room, await room.backend(), t));
  if (notices === null) void look();
  const close = async () => {
    setBusy(true);
    tell(await closeDay(await room.backend(), t));
    await refresh();
    await look();
    setBusy(false);
  };
  return (
    <ClosingCard
      t={t}
      hub={facts.hub}
      unsent={facts.unsent}
      lastReceipt={showTime(facts.lastReceipt)}
      deviceId={facts.deviceId}
      deviceName={facts.deviceName}
      version={facts.version}
      build={facts.build}
      isOutOfService={inForce.isClosed}
      commissionedAt={showTime(facts.commissionedAt)}
      notices={notices ?? []}
      isBusy={isBusy}
      onClose={() => void close()}
    />
  );
}

/** What is not as it should be though the device works. */
export function noticesOf(
  room: Pick<Room, 'inForce' | 'updates'>,
  loaded: Pick<Loaded, 'questionnaire' | 'clips'>,
  t: StaffTranslate,
): string[] {
  const silent = loaded.clips.notices().length;
  const failures = room.updates?.failures() ?? 0;
  return [
    ...(loaded.questionnaire().fault ? [t('noticeQuestionnaire')] : []),
    ...(silent > 0 ? [t('noticeClips', { n: silent })] : []),
    ...(failures > 0 ? [t('check_update_failed', { n: failures })] : []),
  ];
}
