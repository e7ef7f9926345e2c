import { render } from 'preact';
import '../../components/tokens.css';
import { OptionsApp } from '../../components/options/OptionsApp.tsx';
import { exportDoor } from '../../lib/extension/export-door.ts';
import { optionsDoor } from '../../lib/extension/options-door.ts';

render(<OptionsApp door={optionsDoor} exports={exportDoor(null)} />, document.getElementById('app')!);
