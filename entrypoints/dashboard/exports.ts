/** The unit page's own way for files of portals: through this PC's journal into the unit's book. */
import type { FiguresSource } from '../../lib/dashboard/source.ts';
import { bookOf } from '../../lib/dashboard/unit-source.ts';
import { exportDoor } from '../../lib/extension/export-door.ts';

export const exportsInto = (source: FiguresSource) => exportDoor(bookOf(source));
