/** A screen that says why no rating can be given, and what to do: never a blank or a pretence. */
import type { ComponentChildren } from 'preact';
import { Heading } from './Heading.tsx';
import { Icon, type IconName } from './icons.tsx';

export interface NoticeProps {
  readonly icon: IconName;
  readonly title: string;
  readonly lines: readonly string[];
  /** For staff, set apart from what citizens read. */
  readonly staff?: string;
  /** It stands there without the frame of the citizen's screens. */
  readonly isAlone?: boolean;
  readonly children?: ComponentChildren;
}

export function Notice({ icon, title, lines, staff, isAlone, children }: NoticeProps) {
  const notice = (
    <div class="k-notice" role="alert">
      <span class="k-notice-icon">
        <Icon name={icon} />
      </span>
      <Heading>{title}</Heading>
      {lines.map((line) => (
        <p key={line} class="k-lead">
          {line}
        </p>
      ))}
      {children}
      {staff && <p class="k-note k-staff-note">{staff}</p>}
    </div>
  );
  return isAlone ? <main class="k-alone">{notice}</main> : notice;
}
