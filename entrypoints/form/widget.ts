import { embed } from '../../lib/form/widget-loader.ts';

const script = document.currentScript;
if (script instanceof HTMLScriptElement) embed(script);
