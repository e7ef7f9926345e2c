/** The heading of a screen: takes the focus when the screen appears, so that a screen reader starts with it. */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

export function Heading({ children }: { children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <h1 class="k-title" ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}
