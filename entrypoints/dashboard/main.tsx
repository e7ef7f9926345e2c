import '../../components/tokens.css';
import '../../components/shared/shared.css';
import '../../components/dashboard/dashboard.css';
import { sourceFor, startDashboard } from '../../lib/dashboard/start.tsx';

const root = document.getElementById('app');
const [source, exports] = await Promise.all([
  sourceFor(location),
  // Only the extension has a journal for what portals export.
  import.meta.env.NMC_FLAVOUR === 'web' ? null : import('./exports.ts'),
]);
if (root) startDashboard(root, source, exports?.exportsInto(source) ?? null);
