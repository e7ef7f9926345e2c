/** The manifests of the extension, per browser and flavour (DESIGN §4, §11, §13). What is not here is not asked for. */
import type { UserManifest } from 'wxt';

/** `tenant`: the generic package with one tenant's hosts required, for installation by policy (DESIGN §4, Hosts). */
export type Flavour = 'generic' | 'test' | 'tenant';
export type Target = 'chrome' | 'firefox';

/** Oldest browsers supported: Windows 7 and 8 end at Chrome 109; Firefox ESR. */
export const FLOOR = { chrome: '109', firefox: '140' } as const;

/**
 * Public half of a throw-away key: gives the unpacked test build one id on every machine.
 * The private half was never kept; the store signs the real package with its own.
 */
const TEST_KEY =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAobYL+Q2b2WVdV3oRP0PTj4QmiMlV/mFAS0kFJmibF8k84kjQiqhwa14vwtpXMAuE6lkosIH9ZFTFyCXgcylbdjqKbFp6kTlbsHr2IEwGnLAuG+wIDupHdN0Eule4INCw85ZXNJiAKPzeg0ncRUMx4xTg16Z9L3vGUlYj1zvMsKxBT5S1se9qs8pU87roXuJEKrgz0XZWBi6V7Y4ujcQnxwGDzq9NKvoe53pCUMVi5Afq912tUNL2xPyhQWKIERyDhDrOOdfl6KnRrFMDF+wKJQKrDdFyzYgdjyPLYhikajm4c0wZQlD5Z4qKmNCbujmmGYW1Br5debOEnnxSxZWacQIDAQAB';
/** Chrome's id of the test build. */
export const TEST_ID = 'lckapakknjoaeogafdboggnpbjhjcgci';
/** Firefox's add-on id; a test fixes the page origin by the preference `extensions.webextensions.uuids`. */
export const GECKO_ID = '{3b174781-3ca3-4402-870f-203b70288ffc}';

/** Practice portals and hubs on this machine: granted in the test flavour, optional in the generic one. */
const LOCAL = ['http://127.0.0.1/*', 'http://localhost/*'];

/**
 * What extension pages may do. Trusted Types are enforced where the browser knows them (Firefox before 148 skips the
 * two directives). `connect-src`: the hub, by TLS or on this machine; its address is only known after activation.
 */
const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self' https: http://127.0.0.1:* http://localhost:*",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types nmc',
].join('; ');

/**
 * `idle` is there to forget who is on duty when a shared PC is locked or left (DESIGN §3, Whose); it shows no warning.
 * Hosts are never required: each is asked for on the options page, after the notice.
 */
export function manifestFor(
  browser: Target,
  flavour: Flavour,
  required: readonly string[] = [],
): UserManifest {
  const isTest = flavour === 'test';
  const hosts = isTest ? LOCAL : required;
  return {
    name: isTest ? 'Nhịp Một Cửa (bản thử)' : 'Nhịp Một Cửa',
    short_name: 'Nhịp Một Cửa',
    description: 'Đếm lượt xử lý hồ sơ một cửa ngay trên trang làm việc; không ghi tên người dân.',
    permissions: ['alarms', 'idle', 'scripting', 'storage', 'unlimitedStorage'],
    optional_host_permissions: ['https://*/*', ...LOCAL],
    ...(hosts.length > 0 ? { host_permissions: [...hosts] } : {}),
    content_security_policy: { extension_pages: CSP },
    action: { default_title: 'Nhịp Một Cửa' },
    ...(browser === 'chrome'
      ? {
          minimum_chrome_version: FLOOR.chrome,
          incognito: 'not_allowed',
          storage: { managed_schema: 'managed-schema.json' },
          ...(isTest ? { key: TEST_KEY } : {}),
        }
      : {
          browser_specific_settings: {
            gecko: {
              id: GECKO_ID,
              strict_min_version: `${FLOOR.firefox}.0`,
              // Facts read on pages and confirmed actions go to the province's hub, without names (DESIGN §3).
              data_collection_permissions: { required: ['websiteContent', 'websiteActivity'] },
            },
          },
          incognito: 'not_allowed',
        }),
  };
}
