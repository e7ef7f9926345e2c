/** Six pictures of what went wrong, drawn on 96 × 96. Line and one tint; the words stand beside them. */
import type { ComponentChildren } from 'preact';

export type ReasonPictureName = 'slow' | 'papers' | 'onlinePaper' | 'money' | 'rude' | 'unclear';

export function ReasonPicture({ name }: { name: ReasonPictureName }) {
  return (
    <svg class="k-picture" viewBox="0 0 96 96" aria-hidden="true" focusable="false">
      {DRAWINGS[name]}
    </svg>
  );
}

const DRAWINGS: Record<ReasonPictureName, ComponentChildren> = {
  slow: (
    <>
      <circle class="k-tint" cx="42" cy="44" r="30" />
      <circle cx="42" cy="44" r="30" />
      <path d="M42 26v18l13 9M42 14v4M42 70v4M12 44h4" />
      <path class="k-accent" d="M62 78h8M76 78h4M66 88h16" />
      <path d="M70 56l18 26H52Z" class="k-fill-ground" />
      <path class="k-accent" d="M70 65v8M70 78v.5" />
    </>
  ),
  papers: (
    <>
      <path class="k-fill-ground" d="M30 10h34l14 14v50H30Z" />
      <path class="k-tint" d="M18 22h34l14 14v50H18Z" />
      <path d="M66 74h12V24L64 10H30v12M64 10v14h14" />
      <path d="M18 22h34l14 14v50H18ZM52 22v14h14" />
      <path class="k-accent" d="M42 48v24M30 60h24" />
    </>
  ),
  onlinePaper: (
    <>
      <rect class="k-tint" x="10" y="14" width="32" height="60" rx="6" />
      <rect x="10" y="14" width="32" height="60" rx="6" />
      <path d="M22 66h8M19 36l6 6 10-12" />
      <path class="k-fill-ground" d="M58 26h18l10 10v42H58Z" />
      <path d="M58 26h18l10 10v42H58ZM76 26v10h10M65 50h14M65 60h14M65 69h8" />
      <path class="k-accent" d="M46 52h8M51 47l5 5-5 5" />
    </>
  ),
  money: (
    <>
      <rect class="k-tint" x="8" y="18" width="66" height="38" rx="5" />
      <rect x="8" y="18" width="66" height="38" rx="5" />
      <path d="M46 26v21M41 31h10" />
      <circle cx="39" cy="41" r="6.500" />
      <circle class="k-fill-ground" cx="66" cy="66" r="20" />
      <circle cx="66" cy="66" r="20" />
      <path class="k-accent" d="M66 56v20M56 66h20" />
    </>
  ),
  rude: (
    <>
      <circle class="k-tint" cx="32" cy="34" r="16" />
      <circle cx="32" cy="34" r="16" />
      <path d="M8 84c0-18 10-28 24-28s24 10 24 28ZM24 29l6 3M40 29l-6 3M26 43c3-4 9-4 12 0" />
      <path
        class="k-fill-ground"
        d="M58 10h28a4 4 0 0 1 4 4v22a4 4 0 0 1-4 4H70l-10 9v-9h-2a4 4 0 0 1-4-4V14a4 4 0 0 1 4-4Z"
      />
      <path d="M58 10h28a4 4 0 0 1 4 4v22a4 4 0 0 1-4 4H70l-10 9v-9h-2a4 4 0 0 1-4-4V14a4 4 0 0 1 4-4Z" />
      <path class="k-accent" d="M67 18v10M67 35v.5M78 18v10M78 35v.5" />
    </>
  ),
  unclear: (
    <>
      <path class="k-tint" d="M12 18h40l10 11-10 11H12Z" />
      <path d="M12 18h40l10 11-10 11H12ZM34 40v46M34 8v10M24 86h20" />
      <path class="k-fill-ground" d="M34 46H16L8 55l8 9h18Z" />
      <path d="M34 46H16L8 55l8 9h18" />
      <path class="k-accent" d="M62 58c0-7 5-11 12-11s12 4 12 11c0 8-12 8-12 16M74 84v.5" />
    </>
  ),
};
