import { render } from 'preact';
import '../../components/tokens.css';
import { OptionsApp } from '../../components/options/OptionsApp.tsx';
import { optionsDoor } from '../../lib/extension/options-door.ts';

render(<OptionsApp door={optionsDoor} />, document.getElementById('app')!);
