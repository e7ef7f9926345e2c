/** Line icons on 48 × 48, decorative: every control that shows one also says it in words. */
import type { ComponentChildren } from 'preact';

const DRAWINGS = {
  back: <path d="M20 10 6 24l14 14M6 24h36" />,
  check: <path d="m9 25 11 11 20-24" />,
  listen: (
    <>
      <path d="M6 18v12h8l12 9V9l-12 9Z" />
      <path d="M33 17c3 4 3 10 0 14M38 11c7 8 7 18 0 26" />
    </>
  ),
  text: <path d="M4 38 14 12l10 26M8 29h12M27 38l7.5-18L42 38M30 32h9" />,
  contrast: (
    <>
      <circle cx="24" cy="24" r="17" />
      <path class="k-icon-solid" d="M24 7a17 17 0 0 1 0 34Z" />
    </>
  ),
  tap: (
    <>
      <path d="M19 27V11a4 4 0 0 1 8 0v13l9 2.500a5 5 0 0 1 3.600 5.700L38 40a5 5 0 0 1-5 4H23a6 6 0 0 1-4.700-2.300L10 31a3.500 3.500 0 0 1 5.200-4.700Z" />
      <path d="M12 12a11 11 0 0 1 22 0" />
    </>
  ),
  file: (
    <>
      <rect x="5" y="8" width="38" height="26" rx="3" />
      <path d="M16 42h16M24 34v8M24 28V15M18 20l6-6 6 6" />
    </>
  ),
  dossier: (
    <>
      <path d="M6 12a3 3 0 0 1 3-3h9l4 5h17a3 3 0 0 1 3 3v20a3 3 0 0 1-3 3H9a3 3 0 0 1-3-3Z" />
      <path d="M15 24h18M15 31h11" />
    </>
  ),
  pay: (
    <>
      <rect x="4" y="10" width="40" height="28" rx="4" />
      <path d="M4 19h40M11 30h9" />
      <path d="m28 30 4 4 8-9" />
    </>
  ),
  phone: (
    <>
      <rect x="14" y="4" width="20" height="40" rx="4" />
      <path d="M21 38h6" />
    </>
  ),
  person: (
    <>
      <rect x="4" y="9" width="40" height="30" rx="4" />
      <circle cx="16" cy="21" r="5" />
      <path d="M8 33c1-5 4-7 8-7s7 2 8 7M29 19h10M29 26h10M29 33h6" />
    </>
  ),
  send: <path d="M5 22 43 6 31 42l-8-14ZM23 28 43 6" />,
  qr: (
    <path d="M7 7h13v13H7ZM28 7h13v13H28ZM7 28h13v13H7ZM28 28h5v5h-5ZM36 36h5v5h-5ZM38 28h3M28 38h3M13.500 13.500v.1M34.500 13.500v.1M13.500 34.500v.1" />
  ),
  receipt: <path d="M11 5h26v38l-6-4-7 4-7-4-6 4ZM18 15h12M18 23h12M18 31h7" />,
  lock: (
    <>
      <rect x="9" y="21" width="30" height="21" rx="4" />
      <path d="M15 21v-6a9 9 0 0 1 18 0v6M24 29v6" />
    </>
  ),
  tools: (
    <>
      <path d="M6 13h20M38 13h4M6 35h4M22 35h20" />
      <circle cx="32" cy="13" r="6" />
      <circle cx="16" cy="35" r="6" />
    </>
  ),
  reach: <path d="M24 4v26M13 20l11 11 11-11M6 43h36M6 37v6M42 37v6" />,
  shift: <path d="M24 7 8 24h9v16h14V24h9Z" />,
  erase: <path d="M17 9h25a3 3 0 0 1 3 3v24a3 3 0 0 1-3 3H17L4 24ZM23 18l12 12M35 18 23 30" />,
  pause: (
    <>
      <circle cx="24" cy="24" r="19" />
      <path d="M19 16v16M29 16v16" />
    </>
  ),
  warning: <path d="M24 6 45 42H3ZM24 19v11M24 36v.5" />,
  windows: (
    <>
      <rect x="5" y="7" width="28" height="24" rx="3" />
      <path d="M5 14h28M39 17h1a3 3 0 0 1 3 3v18a3 3 0 0 1-3 3H18a3 3 0 0 1-3-3v-1" />
    </>
  ),
} as const satisfies Record<string, ComponentChildren>;

export type IconName = keyof typeof DRAWINGS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="k-icon" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      {DRAWINGS[name]}
    </svg>
  );
}

/** The mark of the product: a doorway with a pulse through it. */
export function Mark() {
  return (
    <svg class="k-mark" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      <rect class="k-mark-ground" width="48" height="48" rx="12" />
      <path class="k-mark-line" d="M14 40V18a10 10 0 0 1 20 0v22" />
      <path class="k-mark-pulse" d="M7 29h9l4-8 6 14 4-9 2 3h9" />
    </svg>
  );
}
