// What a visitor waits for is what is shown first: charts and the other places follow once that is painted, and the core when there is
// something to compute.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { PLACES, steps } from '../support.mjs';
import { model, now, open, send, setUp } from '../with-double.mjs';

setUp();

/** Files that the browser asked for, with the milliseconds at which it did, and the first paint. */
const asked = page =>
  page.evaluate(() => ({
    files: performance
      .getEntriesByType('resource')
      .map(({ name, startTime }) => ({ name: name.split('/').pop(), at: startTime })),
    paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
  }));

/** What the page itself names: the entry and what that imports at once. */
async function named() {
  const html = await readFile(join(now.folder, 'index.html'), 'utf8');
  return [...html.matchAll(/(?:src|href)="\.\/(?:assets\/)?([^"]+)"/g)].map(([, name]) => name);
}

for (const [language, locale, load] of [
  ['en', 'en-US', 'Only load it'],
  ['de', 'de-DE', 'Nur laden'],
]) {
  test(`charts and other places are fetched after the first paint, the core with the model (${language})`, async () => {
    const options = { locale, serviceWorkers: 'block' };
    const { page, check } = await open(send(model()), { place: '?device=cpu', options });
    for (const of of ['report', 'steering']) await page.locator(`[data-example=${of}] svg`).first().waitFor();
    const places = PLACES.filter(place => place !== 'model');
    const part = place => new RegExp(`^${place}(-step)?-[^.]*\\.js$`);
    await page.waitForFunction(
      wanted => {
        const names = performance.getEntriesByType('resource').map(({ name }) => name.split('/').pop());
        return wanted.every(pattern => names.some(name => new RegExp(pattern).test(name)));
      },
      places.map(place => part(place).source),
    );
    const { files, paint } = await asked(page);
    assert.ok(paint > 0);
    const first = await named();
    // The worker looks for models that are kept; in another language the page begins with the first words of that.
    const later = files.filter(
      ({ name }) => name.endsWith('.js') && !first.includes(name) && !/^(worker|words)-/.test(name),
    );
    assert.ok(later.length > 10, `${later.length}`);
    const early = later.filter(({ at }) => at < paint).map(({ name, at }) => `${name} at ${at}`);
    assert.deepEqual(early, [], `the first paint came at ${paint}`);
    assert.ok(!files.some(({ name }) => name.endsWith('.wasm')));
    await page.getByRole('button', { name: load }).click();
    await steps.ready(page);
    const { files: all } = await asked(page);
    assert.ok(all.some(({ name }) => name.endsWith('.wasm')));
    check();
  });
}
