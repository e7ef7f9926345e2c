/** What the staff home screen and each room behind it are given. */
import type { StaffTranslate } from '../../i18n/kiosk/staff/index.ts';
import type { Room } from '../room.ts';
import type { Facts } from './facts.ts';
import type { Outcome } from './outcome.ts';

export interface RoomProps {
  readonly t: StaffTranslate;
  readonly room: Room;
  readonly facts: Facts;
  /** Shows how something went. */
  readonly tell: (outcome: Outcome | null) => void;
  /** Reads the facts anew. */
  readonly refresh: () => Promise<void>;
}
