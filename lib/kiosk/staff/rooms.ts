/** The rooms behind the staff home screen; a button each. */
import type { FunctionComponent } from 'preact';
import { CheckRoom } from './check.tsx';
import { ClosingRoom } from './closing.tsx';
import type { RoomProps } from './room-props.ts';
import { SlipRoom } from './slip.tsx';
import { VoiceRoom } from './voice.tsx';

/** In the order of the buttons; a button is named `room_<name>` in the dictionary. */
export const ROOMS = {
  check: CheckRoom,
  closing: ClosingRoom,
  slip: SlipRoom,
  voice: VoiceRoom,
} as const satisfies Record<string, FunctionComponent<RoomProps>>;
export type RoomName = keyof typeof ROOMS;
export const ROOM_NAMES = Object.keys(ROOMS) as RoomName[];
