// A second visit with the network off, with the real model: the same test, every place, another language, directions, other inventories
// and pictures of charts. Needs the built page (TRAITSCOPE_DIST or dist/) with the model in it.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { dist, go, launch, PLACES, serve, steps, watchedPage } from '../support.mjs';

test('with the network off the second visit has all that the first one had', {
  timeout: 600_000,
}, async () => {
  assert.ok(existsSync(join(dist, 'index.html')), `there is no page in ${dist}; run ./build.sh build`);
  const server = await serve(dist);
  const browser = await launch();
  try {
    const first = await browser.context.newPage();
    await first.goto(`${server.url}?device=cpu`);
    await steps.load(first);
    await first.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await first.close();
    await server.close();

    const { page, check } = await watchedPage(browser.context, server.origin);
    await page.goto(
      `${server.url}?device=cpu&lang=de&inventory=ipip-neo-120.de&per_trait=1&gate=4&failing=ask`,
    );
    await page.getByRole('button', { name: 'Modell laden und Test durchführen' }).click();
    await page.locator('[data-place=results]:visible [data-run=done]').waitFor({ timeout: 300_000 });
    for (const place of PLACES) {
      await go(page, place);
      await page.locator(`[data-place=${place}] > :not(p)`).first().waitFor();
      assert.equal(await page.locator('ts-notice:visible', { hasText: 'network.' }).count(), 0, place);
    }
    await go(page, 'results');
    const [picture] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: /PNG/ }).first().click(),
    ]);
    assert.match(picture.suggestedFilename(), /\.png$/);
    await go(page, 'test');
    const languages = page.locator('ts-test-step select', { has: page.locator('option[value=fr]') });
    await languages.selectOption('fr');
    await page
      .getByText(/französisch/i)
      .first()
      .waitFor({ state: 'attached' });
    await go(page, 'model');
    await page.getByLabel('Sprache', { exact: true }).selectOption('en');
    await go(page, 'steer');
    await page.getByRole('button', { name: 'Write both answers' }).click();
    await page.locator('[data-text=steered]:not([data-done=""]):visible').waitFor({ timeout: 300_000 });
    check();
  } finally {
    await browser.close();
    await server.close();
  }
});
