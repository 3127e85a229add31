// Another language: a folder with its texts is all that is added, English stands in for those that it lacks, and the check names them.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { buildDouble } from '../build-double.mjs';
import { copied } from '../copied.mjs';
import { go, steps } from '../support.mjs';
import { model, now, open, send, setUp } from '../with-double.mjs';

setUp();

/** The beginning of a translation, as the files of `src/i18n/fr`. */
const FRENCH = {
  'index.ts': `import type { FirstWords } from '..';

export const words: FirstWords = {
  nav: { language: 'Langue', names: { model: 'Modèle', results: 'Résultats' } },
};
`,
  'later.ts': `import type { LaterWords } from '..';

export const later: LaterWords = {
  monitor: { heading: 'Le compteur prédit-il la réponse ?' },
};
`,
};

let copy;
let built;
before(async () => {
  copy = await copied();
  const folder = join(copy, 'www/src/i18n/fr');
  await mkdir(folder);
  for (const [name, text] of Object.entries(FRENCH)) await writeFile(join(folder, name), text);
  built = await buildDouble(copy);
  now.folder = built;
});
after(() => Promise.all([copy, built].map(folder => folder && rm(folder, { recursive: true, force: true }))));

describe('a language that was begun in a folder of its own', () => {
  test('is offered under its own name, and spoken as far as it goes, in English beyond', async () => {
    const { page, check } = await open(send(model()), { query: '?device=cpu&per_trait=1', place: '' });
    const languages = page.locator('ts-nav select');
    assert.deepEqual(await languages.locator('option').allInnerTexts(), ['Deutsch', 'English', 'français']);
    await languages.selectOption('fr');
    await page.locator('html[lang=fr]').waitFor();
    const places = page.locator('ts-nav a[href^="#"]');
    const names = await places.allInnerTexts();
    for (const name of ['Modèle', 'Résultats', 'Test', 'Monitor'])
      assert.ok(
        names.some(text => text.includes(name)),
        `${names}`,
      );
    await page.getByLabel('Langue').waitFor();
    await go(page, 'monitor');
    await page.getByRole('heading', { name: 'Le compteur prédit-il la réponse ?' }).waitFor();
    await page.getByText('The meter of a trait is read just before each answer').waitFor();
    await go(page, 'model');
    await steps.loadAndRun(page);
    await page.reload();
    await page.locator('html[lang=fr]').waitFor();
    check();
  });

  test('is what the page begins with where the browser prefers it, in whatever region', async () => {
    const { page } = await open(send(model()), { place: '', options: { locale: 'fr-CA' } });
    await page.locator('html[lang=fr]').waitFor();
    await page.getByLabel('Langue').waitFor();
  });

  test('is told by the check as incomplete, with the texts that it lacks', () => {
    const tsc = join(copy, 'www/node_modules/typescript/bin/tsc');
    const { status, stdout } = spawnSync(process.execPath, [tsc, '--noEmit', '--pretty', 'false'], {
      cwd: join(copy, 'www'),
      encoding: 'utf8',
    });
    assert.notEqual(status, 0);
    for (const said of [/fr\/index\.ts.*missing.*: test, steer/, /fr\/later\.ts.*missing.*: what, meter/])
      assert.match(stdout, said);
  });
});
