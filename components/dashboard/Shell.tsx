/** The frame around every view: name, sections, language, who is signed in. And the door: log-in or set-up. */
import type { ComponentChildren } from 'preact';
import { Button } from '../shared/Button.tsx';
import type { User } from './model.ts';
import { useWords } from './words.ts';

export interface NavItem {
  readonly id: string;
  readonly text: string;
  readonly href: string;
  readonly isCurrent: boolean;
}

function Logo() {
  return (
    <svg class="d-logo" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" fill="currentColor" />
      <path
        d="M5 17h5l3-8 5 15 3.5-9 1.5 2h4"
        fill="none"
        stroke="var(--brand-ink)"
        stroke-width="2.6"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}

/** Two languages: one press switches; the button is written in the language it leads to. */
function LanguageSwitch(props: { readonly onLanguage: (language: 'vi' | 'en') => void }) {
  const { language } = useWords();
  const other = language === 'vi' ? 'en' : 'vi';
  return (
    <button
      type="button"
      class="n-button n-button-quiet n-button-small"
      lang={other}
      data-action="language"
      onClick={() => props.onLanguage(other)}
    >
      {other === 'en' ? 'English' : 'Tiếng Việt'}
    </button>
  );
}

export function Shell(props: {
  readonly source: 'hub' | 'unit';
  readonly nav: readonly NavItem[];
  readonly user: User;
  readonly hasLogin: boolean;
  readonly busy: string | null;
  readonly toolbar: ComponentChildren;
  readonly notices: ComponentChildren;
  readonly onLogout: () => void;
  readonly onLanguage: (language: 'vi' | 'en') => void;
  readonly children: ComponentChildren;
}) {
  const { t } = useWords();
  return (
    <div class="d-app">
      <button type="button" class="d-skip" onClick={() => document.getElementById('d-main')?.focus()}>
        {t('app.skip')}
      </button>
      <header class="d-top">
        <div class="d-brand">
          <Logo />
          <div>
            <h1>{t('app.name')}</h1>
            <p>{t(props.source === 'hub' ? 'app.hub' : 'app.unit')}</p>
          </div>
        </div>
        <nav class="d-nav" aria-label={t('nav.label')}>
          {props.nav.map((item) => (
            <a
              key={item.id}
              href={item.href}
              class={item.isCurrent ? 'is-current' : ''}
              aria-current={item.isCurrent ? 'page' : undefined}
              data-nav={item.id}
            >
              {item.text}
            </a>
          ))}
        </nav>
        <div class="d-who">
          <LanguageSwitch onLanguage={props.onLanguage} />
          {props.hasLogin && (
            <>
              <span class="d-who-name" title={props.user.name}>
                {props.user.name}
              </span>
              <Button size="small" busy={props.busy === 'logout'} onClick={props.onLogout} action="logout">
                {t('login.out')}
              </Button>
            </>
          )}
        </div>
      </header>
      <section class="d-toolbar" aria-label={t('app.toolbar')}>
        {props.toolbar}
      </section>
      <main class="d-main" id="d-main" tabIndex={-1}>
        {props.notices}
        {props.children}
      </main>
    </div>
  );
}

/** Log-in and set-up stand alone on the page. */
export function Door(props: {
  readonly source: 'hub' | 'unit';
  readonly onLanguage: (language: 'vi' | 'en') => void;
  readonly children: ComponentChildren;
}) {
  const { t } = useWords();
  return (
    <main class="d-door">
      <div class="d-door-card">
        <div class="d-brand">
          <Logo />
          <div>
            <h1>{t('app.name')}</h1>
            <p>{t(props.source === 'hub' ? 'app.hub' : 'app.unit')}</p>
          </div>
          <LanguageSwitch onLanguage={props.onLanguage} />
        </div>
        {props.children}
      </div>
    </main>
  );
}
