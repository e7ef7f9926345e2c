import '../../components/tokens.css';
import '../../components/kiosk/faces.css';
import '../../components/form/form.css';
import { startFormPage } from '../../lib/form/page.tsx';

const root = document.getElementById('app');
if (root) startFormPage(root);
