/** Several versions of one built kiosk, and what a careless deploy makes of them. */
import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A deploy that must never be taken over. */
export const BAD_DEPLOYS = [
  'missing file',
  'cut-off file',
  'page for a script',
  'broken worker',
  'no worker',
] as const;
export type BadDeploy = (typeof BAD_DEPLOYS)[number];

/** Puts `built`/kiosk with another title into `folder`: a version of its own, whole and listed as it is. */
export async function deployVersion(built: string, folder: string, title: string): Promise<void> {
  const kiosk = join(folder, 'kiosk');
  await rm(kiosk, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await cp(join(built, 'kiosk'), kiosk, { recursive: true });
  const index = join(kiosk, 'index.html');
  const html = (await readFile(index, 'utf8')).replace(/<title>.*<\/title>/, `<title>${title}</title>`);
  await writeFile(index, html);
  await editWorker(folder, (script) =>
    script.replace(/\{"url":"index\.html","bytes":\d+,"sha256":"[^"]+"\}/, () => listed('index.html', html)),
  );
}

/** The same, spoilt. */
export async function deployBad(built: string, folder: string, title: string, how: BadDeploy): Promise<void> {
  await deployVersion(built, folder, title);
  const kiosk = join(folder, 'kiosk');
  const extra = 'assets/extra-abcdefgh.js';
  const add = (content: string) =>
    editWorker(folder, (script) => script.replace('[{"url":', () => `[${listed(extra, content)},{"url":`));
  switch (how) {
    case 'missing file':
      return add('extra()');
    case 'page for a script':
      await writeFile(join(kiosk, extra), '<!doctype html><title>Đăng nhập</title>');
      return add('extra()');
    case 'cut-off file': {
      const index = join(kiosk, 'index.html');
      const html = await readFile(index, 'utf8');
      return writeFile(index, html.slice(0, html.length >> 1));
    }
    case 'broken worker':
      return writeFile(join(kiosk, 'sw.js'), '<!doctype html><title>Bảo trì</title>');
    case 'no worker':
      return rm(join(kiosk, 'sw.js'));
  }
}

async function editWorker(folder: string, edit: (script: string) => string): Promise<void> {
  const path = join(folder, 'kiosk/sw.js');
  const script = await readFile(path, 'utf8');
  const edited = edit(script);
  if (edited === script) throw new Error('the worker holds no list of files');
  await writeFile(path, edited);
}

function listed(url: string, content: string): string {
  const bytes = Buffer.from(content);
  return JSON.stringify({
    url,
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('base64'),
  });
}
