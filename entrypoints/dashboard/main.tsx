import '../../components/tokens.css';
import '../../components/shared/shared.css';
import '../../components/dashboard/dashboard.css';
import { sourceFor, startDashboard } from '../../lib/dashboard/start.tsx';

const root = document.getElementById('app');
if (root) sourceFor(location).then((source) => startDashboard(root, source));
