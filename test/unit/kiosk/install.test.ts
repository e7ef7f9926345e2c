/** The installation page: what it tells to copy must never lose a rating, and its files must be readable by what they are for. */
import { describe, expect, it } from 'vitest';
import { installPage } from '../../../lib/build/install-page.ts';
import {
  FORBIDDEN,
  linuxPolicies,
  POLICIES,
  RECIPES,
  SAMPLE_ORIGIN,
  windowsPolicies,
} from '../../../lib/build/install-recipes.ts';
import { en } from '../../../lib/i18n/kiosk/install/en.ts';
import { vi } from '../../../lib/i18n/kiosk/install/vi.ts';

const recipes = [linuxPolicies(), windowsPolicies(), ...Object.values(RECIPES)];

describe('the recipes', () => {
  it('hold nothing that makes a window private or clears data', () => {
    for (const recipe of recipes) {
      for (const name of FORBIDDEN) expect(recipe.toLowerCase()).not.toContain(name.toLowerCase());
    }
    expect(POLICIES).not.toHaveProperty('DownloadRestrictions');
    expect(POLICIES.IncognitoModeAvailability).toBe(1);
  });

  it('every start opens the kiosk itself, as an app or in kiosk mode, without zoom', () => {
    for (const start of [RECIPES.linuxStart, RECIPES.windowsStart, RECIPES.windowsEdge]) {
      expect(start).toContain(`${SAMPLE_ORIGIN}/kiosk/`);
      expect(start).toMatch(/--kiosk|--app=/);
      expect(start).toContain('--disable-pinch');
    }
    expect(RECIPES.windowsEdge).not.toContain('--kiosk');
    expect(RECIPES.windowsStart).not.toContain('\n');
  });

  it('the registry file says what the policy file says', () => {
    expect(JSON.parse(linuxPolicies())).toEqual(POLICIES);
    const registry = windowsPolicies();
    expect(registry.startsWith('Windows Registry Editor Version 5.00\n')).toBe(true);
    for (const name of Object.keys(POLICIES)) expect(registry).toContain(name);
    expect(registry).toContain('"BrowserSignin"=dword:00000000');
    expect(registry).toContain('"DeveloperToolsAvailability"=dword:00000002');
    expect(registry).toMatch(/\\URLBlocklist\]\n"1"="\*"/);
    const forced = /^"WebAppInstallForceList"="(.*)"$/m.exec(registry)?.[1]?.replaceAll('\\"', '"');
    expect(JSON.parse(forced ?? '')).toEqual(POLICIES.WebAppInstallForceList);
  });
});

describe('the page', () => {
  const page = installPage();

  it('is static: both languages, all words, one file of script and nothing inline', () => {
    for (const text of [...Object.values(vi), ...Object.values(en)]) {
      const escaped = text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('>', '&gt;');
      expect(page).toContain(escaped);
    }
    expect(page.match(/<script\b/g)).toHaveLength(1);
    expect(page).not.toMatch(/<style|\sstyle=|\son\w+=|<script>/);
    expect(page).toContain('<article lang="en" id="en">');
  });

  it('every link within the page leads somewhere', () => {
    const targets = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id!);
    expect(targets.length).toBeGreaterThan(15);
    for (const id of targets) expect(page).toContain(`id="${id}"`);
  });
});
