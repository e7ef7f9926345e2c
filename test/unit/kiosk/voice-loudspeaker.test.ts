/** In which order the loudspeaker speaks, and with which voice. */
import { describe, expect, it } from 'vitest';
import type { Voices } from '../../../lib/kiosk/speech.ts';
import { type ClipBox, createLoudspeaker, type Loudspeaker } from '../../../lib/kiosk/voice/loudspeaker.ts';
import type { Phrase } from '../../../lib/kiosk/voice/phrases.ts';
import type { Played, SoundOut } from '../../../lib/kiosk/voice/sound-out.ts';
import { sound } from './voice-room.ts';

const phrase = (id: string): Phrase => ({ id, words: { vi: `lời ${id}`, en: `words ${id}` } });
const [A, B, C] = [phrase('a'), phrase('b'), phrase('c')] as const;
const ONLY_VI: Phrase = { id: 'only', words: { vi: 'chỉ tiếng Việt' } };

/** Clips, voices and an output under our hand; `heard` is what reached the ear, in order. */
function room(clips: Record<string, string | null>, languages: readonly string[] = []) {
  const heard: string[] = [];
  const endings: ((how: Played) => void)[] = [];
  const silenced: string[] = [];
  const tellers = new Set<() => void>();
  const voices: Voices = {
    speaks: (language) => languages.includes(language),
    speak: (text) => {
      heard.push(`voice: ${text}`);
      return new Promise((resolve) => endings.push(() => resolve()));
    },
    hush: () => void heard.push('voices hushed'),
    onChange: (listener) => void tellers.add(listener),
  };
  const out: SoundOut = {
    wake: () => {},
    stop() {
      for (const end of endings.splice(0)) end('stopped');
    },
    play: (bytes) => {
      const text = new TextDecoder().decode(bytes);
      if (text === 'broken') return Promise.resolve('unplayable');
      heard.push(`clip: ${text}`);
      return new Promise((resolve) => endings.push(resolve));
    },
  };
  const box: ClipBox = {
    has: (language, id) =>
      clips[`${language}/${id}`] !== undefined && !silenced.includes(`${language}/${id}`),
    read: async (language, id) => {
      const text = clips[`${language}/${id}`];
      return text ? sound(text) : null;
    },
    unplayable: (language, id) => void silenced.push(`${language}/${id}`),
    languages: () => [...new Set(Object.keys(clips).map((place) => place.split('/')[0]!))],
    subscribe: () => () => {},
  };
  const speaker = createLoudspeaker({ voices, out });
  speaker.take(box);
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    speaker,
    silenced,
    voicesArrive() {
      for (const tell of tellers) tell();
    },
    heard: () => heard.filter((one) => one !== 'voices hushed'),
    settle,
    /** What is playing comes to its end. */
    async ends() {
      await settle();
      endings.shift()?.('played');
      await settle();
    },
  };
}

describe('what is heard', () => {
  it('clip after clip, each after the one before has ended', async () => {
    const { speaker, heard, ends, settle } = room({ 'vi/a': 'một', 'vi/b': 'hai' });
    speaker.say([A, B], 'vi');
    await settle();
    expect(heard()).toEqual(['clip: một']);
    expect(speaker.isSpeaking()).toBe(true);
    await ends();
    expect(heard()).toEqual(['clip: một', 'clip: hai']);
    await ends();
    expect(speaker.isSpeaking()).toBe(false);
  });

  it('where a sentence has no clip, a voice of this device says that sentence, in the words of the language', async () => {
    const { speaker, heard, ends } = room({ 'en/a': 'one', 'en/c': 'three' }, ['en']);
    speaker.say([A, B, C], 'en');
    for (let sentence = 0; sentence < 3; sentence += 1) await ends();
    expect(heard()).toEqual(['clip: one', 'voice: words b', 'clip: three']);
  });

  it('with neither clip nor voice the sentence is silence and the next one follows', async () => {
    const { speaker, heard, ends } = room({ 'vi/a': 'một', 'vi/c': 'ba' });
    speaker.say([A, B, C], 'vi');
    for (let sentence = 0; sentence < 2; sentence += 1) await ends();
    expect(heard()).toEqual(['clip: một', 'clip: ba']);
    expect(speaker.isSpeaking()).toBe(false);
  });

  it('a clip that is gone or cannot be played is passed over, the unplayable one noted', async () => {
    const { speaker, heard, ends, silenced } = room({ 'vi/a': null, 'vi/b': 'broken', 'vi/c': 'ba' });
    speaker.say([A, B, C], 'vi');
    await ends();
    expect(heard()).toEqual(['clip: ba']);
    expect(silenced).toEqual(['vi/b']);
  });

  it('no voice reads words of another language', async () => {
    const { speaker, heard, settle } = room({}, ['en', 'blt']);
    expect(speaker.canSay([ONLY_VI], 'en')).toBe(false);
    expect(speaker.canSay([A], 'blt')).toBe(false);
    speaker.say([ONLY_VI], 'en');
    await settle();
    expect(heard()).toEqual([]);
  });
});

describe('the button', () => {
  it('is there when one sentence of the screen can be heard in the language, and only then', () => {
    const { speaker } = room({ 'blt/b': 'hai' }, ['en']);
    expect(speaker.canSay([A, B], 'blt')).toBe(true);
    expect(speaker.canSay([A, C], 'blt')).toBe(false);
    expect(speaker.canSay([A], 'en')).toBe(true);
    expect(speaker.canSay([A, B, C], 'vi')).toBe(false);
  });

  it('hushed in the middle, nothing more is heard', async () => {
    const { speaker, heard, settle } = room({ 'vi/a': 'một', 'vi/b': 'hai' });
    speaker.say([A, B], 'vi');
    await settle();
    speaker.hush();
    expect(speaker.isSpeaking()).toBe(false);
    await settle();
    expect(heard()).toEqual(['clip: một']);
  });

  it('hushed while the clip is still being read, it never starts', async () => {
    const { speaker, heard, settle } = room({ 'vi/a': 'một' });
    speaker.say([A], 'vi');
    speaker.hush();
    await settle();
    expect(heard()).toEqual([]);
  });

  it('another screen replaces what is being said', async () => {
    const { speaker, heard, ends, settle } = room({ 'vi/a': 'một', 'vi/b': 'hai', 'vi/c': 'ba' });
    speaker.say([A, B], 'vi');
    await settle();
    speaker.say([C], 'vi');
    await ends();
    expect(heard()).toEqual(['clip: một', 'clip: ba']);
    expect(speaker.isSpeaking()).toBe(false);
  });

  it('screens hear of a start, an end, and of voices that arrive late', async () => {
    const { speaker, ends, voicesArrive } = room({ 'vi/a': 'một' });
    const told: boolean[] = [];
    speaker.subscribe(() => told.push(speaker.isSpeaking()));
    speaker.say([A], 'vi');
    await ends();
    expect(told).toEqual([true, false]);
    voicesArrive();
    expect(told).toEqual([true, false, false]);
  });

  it('languages with clips are offered beside those of the screens, and the one in use stays', () => {
    const offered = (speaker: Loudspeaker, inUse: string) => speaker.languages(inUse).map(({ id }) => id);
    expect(offered(room({ 'hmn/a': 'x' }).speaker, 'vi')).toEqual(['vi', 'en', 'hmn']);
    const silent = createLoudspeaker({ voices: noVoices, out: noOut });
    expect(offered(silent, 'vi')).toEqual(['vi', 'en']);
    expect(offered(silent, 'blt')).toEqual(['vi', 'en', 'blt']);
  });
});

const noVoices: Voices = { speaks: () => false, speak: async () => {}, hush: () => {}, onChange: () => {} };
const noOut: SoundOut = { wake: () => {}, stop: () => {}, play: async () => 'played' };
