/** The installation page `/kiosk/cai-dat/`: static, printable, readable in a browser too old for the kiosk itself. */
import { INSTALL_TEXTS, type InstallKey, type InstallTranslate } from '../i18n/kiosk/install/index.ts';
import { linuxPolicies, RECIPES, SAMPLE_ORIGIN, windowsPolicies } from './install-recipes.ts';

/** Address of the page below the kiosk's scope, as a folder. */
export const INSTALL_FOLDER = 'cai-dat';

/** A paragraph, or a paragraph with what to copy below it. */
type Part = InstallKey | readonly [InstallKey, string];
interface Section {
  readonly title: InstallKey;
  readonly list: 'ol' | 'ul';
  readonly parts: readonly Part[];
}

const SECTIONS: readonly Section[] = [
  { title: 'neverTitle', list: 'ol', parts: ['neverPrivate', 'neverClear', 'neverMove'] },
  {
    title: 'prepareTitle',
    list: 'ul',
    parts: ['prepareBrowser', ['prepareAddress', SAMPLE_ORIGIN], 'prepareClock', 'prepareCode'],
  },
  {
    title: 'windowsTitle',
    list: 'ol',
    parts: [
      'windowsAccount',
      ['windowsPolicy', windowsPolicies()],
      ['windowsStart', RECIPES.windowsStart],
      ['windowsEdge', RECIPES.windowsEdge],
      ['windowsPower', RECIPES.windowsPower],
    ],
  },
  {
    title: 'androidTitle',
    list: 'ol',
    parts: ['androidInstall', 'androidPin', 'androidPower', 'androidFully'],
  },
  {
    title: 'linuxTitle',
    list: 'ol',
    parts: [['linuxPolicy', linuxPolicies()], ['linuxStart', RECIPES.linuxStart], 'linuxPower'],
  },
  {
    title: 'flagsTitle',
    list: 'ul',
    parts: ['flagsDownload', 'flagsMicrophone', 'flagsInstall', 'flagsPinch', 'flagsDrift'],
  },
  { title: 'afterTitle', list: 'ol', parts: ['after1', 'after2', 'after3', 'after4', 'after5'] },
  { title: 'replaceTitle', list: 'ul', parts: ['replaceText'] },
];

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'";

/** The page as HTML. Its style and the script that writes the real address lie beside it. */
export function installPage(): string {
  const first = INSTALL_TEXTS[0]!;
  return `<!doctype html>
<html lang="${first.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="referrer" content="no-referrer">
<title>${escaped(first.t('title'))}</title>
<link rel="icon" href="../icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="page.css">
<script src="address.js" defer></script>
</head>
<body>
<main>
${INSTALL_TEXTS.map(({ language, t }) => article(language, t)).join('\n')}
</main>
</body>
</html>
`;
}

function article(language: string, t: InstallTranslate): string {
  const idOf = (title: InstallKey) => `${language}-${title}`;
  return `<article lang="${language}" id="${language}">
<header>
<h1>${escaped(t('title'))}</h1>
<p>${escaped(t('lead'))}</p>
<p class="ways"><a href="../">${escaped(t('back'))}</a> <a href="#${language === 'vi' ? 'en' : 'vi'}">${escaped(t('other'))}</a></p>
</header>
<nav aria-label="${escaped(t('contents'))}"><ul>
${SECTIONS.map(({ title }) => `<li><a href="#${idOf(title)}">${escaped(t(title))}</a></li>`).join('\n')}
</ul></nav>
${SECTIONS.map(
  ({ title, list, parts }) => `<section id="${idOf(title)}">
<h2>${escaped(t(title))}</h2>
<${list}>
${parts.map((part) => `<li>${partOf(part, t)}</li>`).join('\n')}
</${list}>
</section>`,
).join('\n')}
</article>`;
}

function partOf(part: Part, t: InstallTranslate): string {
  if (typeof part === 'string') return `<p>${escaped(t(part))}</p>`;
  return `<p>${escaped(t(part[0]))}</p>\n<pre tabindex="0">${escaped(part[1])}</pre>`;
}

function escaped(text: string): string {
  const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (sign) => signs[sign]!);
}
