import '../../components/tokens.css';
import { startWorkshop } from '../../lib/workshop/app.tsx';

startWorkshop(document.getElementById('app')!);
