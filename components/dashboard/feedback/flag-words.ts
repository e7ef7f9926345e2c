/** A flag in words, with the threshold that it passed. */
import type { Words } from '../words.ts';

/** The name of a flag and why it was set; `limits` as `flagLimits` of lib/domain/feedback-rules.ts names them. */
export function flagWords(
  words: Words,
  flag: string,
  limits: Readonly<Record<string, number | string>>,
): { readonly name: string; readonly why: string } {
  const { t, maybe } = words;
  const name = maybe(`feedback.flag.${flag}`);
  if (name === null) return { name: t('feedback.flagUnknown', { flag }), why: t('feedback.flagUnknownWhy') };
  const why = maybe(`feedback.flagWhy.${flag}`) ?? t('feedback.flagUnknownWhy');
  const values = { ...limits, hours: hoursInWords(words, String(limits.hours ?? '')) };
  return { name, why: filled(why, values) };
}

function filled(text: string, values: Readonly<Record<string, number | string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** `1,2,3,4,5:07:00-17:00;6:07:30-11:30` as `T2–T6 07:00–17:00; T7 07:30–11:30`. */
function hoursInWords({ t }: Words, hours: string): string {
  return hours
    .split(';')
    .flatMap((line) => {
      const found = /^([\d,]+):(\d\d:\d\d)-(\d\d:\d\d)$/.exec(line);
      return found ? [`${daysInWords(t, found[1]!.split(',').map(Number))} ${found[2]}–${found[3]}`] : [];
    })
    .join('; ');
}

/** Neighbouring days as a range: `T2–T6, CN`. */
export function daysInWords(t: Words['t'], days: readonly number[]): string {
  const name = (day: number) => t(`weekday.${day}` as 'weekday.1');
  const runs: number[][] = [];
  for (const day of [...days].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run && run.at(-1) === day - 1) run.push(day);
    else runs.push([day]);
  }
  return runs
    .map((run) => (run.length < 3 ? run.map(name).join(', ') : `${name(run[0]!)}–${name(run.at(-1)!)}`))
    .join(', ');
}
