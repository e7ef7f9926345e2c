import { render } from 'preact';
import '../../components/tokens.css';
import { PopupApp } from '../../components/popup/PopupApp.tsx';
import { popupDoor } from '../../lib/extension/popup-door.ts';

render(<PopupApp door={popupDoor} />, document.getElementById('app')!);
