/** The rooms behind the staff home screen; a button each. */
import type { FunctionComponent } from 'preact';
import type { StaffTranslate } from '../../i18n/kiosk/staff/index.ts';
import type { Room } from '../room.ts';
import { CheckRoom } from './check.tsx';
import { ClosingRoom } from './closing.tsx';
import type { Facts } from './facts.ts';
import type { Outcome } from './outcome.ts';
import { SlipRoom } from './slip.tsx';
import { VoiceRoom } from './voice.tsx';

export interface RoomProps {
  readonly t: StaffTranslate;
  readonly room: Room;
  readonly facts: Facts;
  /** Shows how something went. */
  readonly tell: (outcome: Outcome | null) => void;
  /** Reads the facts anew. */
  readonly refresh: () => Promise<void>;
}

/** In the order of the buttons; a button is named `room_<name>` in the dictionary. */
export const ROOMS = {
  check: CheckRoom,
  closing: ClosingRoom,
  slip: SlipRoom,
  voice: VoiceRoom,
} as const satisfies Record<string, FunctionComponent<RoomProps>>;
export type RoomName = keyof typeof ROOMS;
export const ROOM_NAMES = Object.keys(ROOMS) as RoomName[];
