import '../../components/tokens.css';
import '../../components/kiosk/kiosk.css';
import '../../components/kiosk/attract.css';
import '../../components/kiosk/faces.css';
import '../../components/kiosk/rating.css';
import '../../components/kiosk/loudspeaker.css';
import '../../components/kiosk/notices.css';
import '../../components/kiosk/low-reach.css';
import { startKioskPage } from '../../lib/kiosk/page.tsx';

const root = document.getElementById('app');
if (root) startKioskPage(root);
