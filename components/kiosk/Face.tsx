/** The five faces. Colour, mouth, eyes and brows all differ, so that none is told apart by colour alone. */

export type Level = 1 | 2 | 3 | 4 | 5;
export const LEVELS: readonly Level[] = [1, 2, 3, 4, 5];

const EYES: Record<Level, readonly (readonly [number, number])[]> = {
  1: [
    [36, 46],
    [64, 46],
  ],
  2: [
    [36, 43],
    [64, 43],
  ],
  3: [
    [36, 42],
    [64, 42],
  ],
  4: [
    [36, 41],
    [64, 41],
  ],
  5: [],
};

/** A face on a 100 × 100 field, decorative: the label beside it says the same. */
export function Face({ level }: { level: Level }) {
  return (
    <svg class={`k-face k-face-${level}`} viewBox="0 0 100 100" aria-hidden="true" focusable="false">
      <circle class="k-face-skin" cx="50" cy="50" r="46" />
      <path class="k-face-shade" d="M50 96a46 46 0 0 0 46-46 46 46 0 0 1-92 0 46 46 0 0 0 46 46Z" />
      {EYES[level].map(([x, y]) => (
        <ellipse key={x} class="k-face-dot" cx={x} cy={y} rx="5" ry={level === 3 ? 5.5 : 6.5} />
      ))}
      <Features level={level} />
    </svg>
  );
}

function Features({ level }: { level: Level }) {
  switch (level) {
    case 1:
      return (
        <>
          <path class="k-face-line" d="M26 31 43 38M74 31 57 38" />
          <path class="k-face-line" d="M30 75c5-12 12-16 20-16s15 4 20 16" />
        </>
      );
    case 2:
      return (
        <>
          <path class="k-face-line k-thin" d="M29 32c4-2 8-3 12-2M71 32c-4-2-8-3-12-2" />
          <path class="k-face-line" d="M34 71c4-6 10-8 16-8s12 2 16 8" />
        </>
      );
    case 3:
      return <path class="k-face-line" d="M34 67h32" />;
    case 4:
      return <path class="k-face-line" d="M31 62c4 8 11 11 19 11s15-3 19-11" />;
    case 5:
      return (
        <>
          <path class="k-face-line" d="M27 44c2-6 6-8 9-8s7 2 9 8M55 44c2-6 6-8 9-8s7 2 9 8" />
          <path class="k-face-mouth" d="M26 56h48c0 15-10 25-24 25S26 71 26 56Z" />
          <path class="k-face-tongue" d="M38 77c2-6 7-9 12-9s10 3 12 9c-4 3-8 4-12 4s-8-1-12-4Z" />
        </>
      );
  }
}
