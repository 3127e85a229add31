// Many models to choose from: what lies with the page comes first, what lies with others is folded, says with whom, and is not fetched
// before it is chosen.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faults } from '../axe.mjs';
import { clipped } from '../clipped.mjs';
import { model, now, open, SHAPE, send, setUp } from '../with-double.mjs';

setUp();

const HOST = 'models.example';

/** The double, another model beside it, and eight at another server, the last of them without a checksum. */
function catalogue(double) {
  const [entry] = double.catalogue.models;
  const hash = n => n.toString(16).padStart(64, '0');
  const other = {
    ...entry,
    id: 'other',
    name: 'Other 270M',
    file: 'other.gguf',
    sha256: hash(1),
    shape: SHAPE,
  };
  const far = Array.from({ length: 8 }, (_, n) => ({
    ...entry,
    id: `far-${n}`,
    name: `Far ${n}B`,
    file: `https://${HOST}/far-${n}.gguf`,
    sha256: n === 7 ? '' : hash(n + 2),
    shape: SHAPE,
  }));
  return { ...double.catalogue, models: [entry, other, ...far] };
}

async function visit(query = '') {
  const double = model();
  return open(send(double, { catalogued: catalogue(double) }), { query, place: '#model' });
}

for (const [language, more, unverified] of [
  ['en', '8 more models', 'unverified'],
  ['de', '8 weitere Modelle', 'ungeprüft'],
]) {
  test(`models at another server are folded and say so, in ${language}`, async () => {
    const { page, check } = await visit(`?device=cpu&lang=${language}`);
    const cards = page.locator('article[data-model]:visible');
    await page.locator('[data-model=other]').waitFor();
    assert.deepEqual(await cards.evaluateAll(all => all.map(card => card.dataset.model)), [
      'double',
      'other',
    ]);
    await page.getByText(more).press('Enter');
    await page.locator('[data-model=far-7]').waitFor();
    assert.equal(await cards.count(), 10);
    await page.locator('[data-more] > p', { hasText: HOST }).waitFor();
    assert.equal(await page.locator('[data-from]').count(), 8);
    assert.deepEqual(new Set(await page.locator('[data-from]').allInnerTexts()), new Set([HOST]));
    assert.equal(await page.locator('[data-unverified]').count(), 1);
    await page.locator('[data-model=far-7] [data-unverified]', { hasText: unverified }).waitFor();

    for (const [width, scheme] of [
      [1280, 'light'],
      [390, 'dark'],
    ]) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: scheme });
      assert.deepEqual([...(await faults(page)), ...(await clipped(page))], [], `${width} ${scheme}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${wide} of ${width}`);
    }
    check();
  });
}

test('by keys one of them is chosen, which fetches nothing yet; its address opens the list where it is', async () => {
  const { page, check } = await visit('?device=cpu');
  await page.getByText('8 more models').press('Enter');
  await page.getByRole('radio', { name: 'Far 2B' }).focus();
  await page.keyboard.press('Space');
  await page.locator('[data-model=far-2].chosen').waitFor();
  assert.match(page.url(), /model=far-2/);
  await page.reload();
  await page.locator('[data-model=far-2].chosen:visible').waitFor();
  assert.equal(await page.locator('[data-more]').evaluate(({ open }) => open), true);
  assert.ok(!now.server.requests.some(path => path.includes('far-2')));
  check();
});
