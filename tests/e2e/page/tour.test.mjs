// The short tour through the places, and the page in another language.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { steps } from '../support.mjs';
import { model, open, reached, send, setUp } from '../with-double.mjs';

setUp();

const shown = page =>
  page.locator('[data-place]:visible').evaluateAll(places => places.map(({ dataset }) => dataset.place));

test('leads through all places with the keyboard alone, and ends', async () => {
  const { page, check } = await open(send(model()), { place: '' });
  await page.getByRole('button', { name: 'A short tour' }).click();
  const tour = page.getByRole('complementary', { name: 'Tour' });
  const way = ['model', 'test', 'results', 'steer', 'monitor', 'about'];
  for (const [step, place] of way.entries()) {
    await tour.getByText(`${step + 1} of 6`).waitFor();
    assert.deepEqual(await shown(page), [place]);
    if (place === 'about') break;
    await tour.locator('button:focus', { hasText: 'Next' }).waitFor();
    await page.keyboard.press('Enter');
  }
  await tour.getByRole('button', { name: 'Back' }).click();
  await tour.getByText('5 of 6').waitFor();
  await tour.getByRole('button', { name: 'End the tour' }).click();
  assert.equal(await tour.count(), 0);
  check();
});

test('leaves out what a link hides', async () => {
  const { page } = await open(send(model()), { place: '', query: '?hide=steer,monitor' });
  await page.getByRole('button', { name: 'A short tour' }).click();
  await page.getByText('1 of 4').waitFor();
});

test('a measure is explained where it stands, and every word in About', async () => {
  const { page } = await open(send(model()), { query: '?device=cpu' });
  await steps.load(page);
  await steps.run(page);
  const help = page.getByRole('button', { name: 'What is meant: Score', exact: true });
  assert.equal(await help.getAttribute('aria-expanded'), 'false');
  await help.click();
  await page
    .getByText('The share of items, from 0 to 100, in which an answer of the high side comes first.')
    .first()
    .waitFor();
  assert.equal(await help.getAttribute('aria-expanded'), 'true');
  const box = help.locator('xpath=following-sibling::*[@popover]');
  assert.equal(await box.locator('.term').innerText(), 'Score');
  await help.click();
  const entry = page.locator('[data-term=interval]');
  await entry.locator('summary').click();
  await entry.getByText('It comes from a bootstrap over the items').waitFor();
});

test('a measure of a table is explained on a key, within the window, and Escape puts it away', async () => {
  const { page, check } = await open(send(model()), { query: '?device=cpu' });
  await steps.load(page);
  await page.getByRole('button', { name: 'Ask under every dose' }).click();
  await page.locator('[data-study=done]').waitFor();
  const table = page.locator('ts-effect-table').getByRole('table').first();
  const heading = table.getByRole('columnheader', { name: 'Cohen’s d' });
  const help = heading.getByRole('button', { name: 'What is meant: Cohen’s d, dz' });
  const box = heading.locator('[popover]');
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 700 });
    const wide = (await table.boundingBox()).width;
    await help.focus();
    await help.scrollIntoViewIfNeeded();
    await page.keyboard.press('Enter');
    await box
      .getByText('The mean change in units of how far the changes of single items lie apart.')
      .waitFor();
    assert.equal(await help.getAttribute('aria-expanded'), 'true');
    // It is placed before the frame in which it is seen.
    await page.evaluate(() => new Promise(requestAnimationFrame));
    const { x, y, width: across, height } = await box.boundingBox();
    assert.ok(x >= 0 && x + across <= width && y >= 0 && y + height <= 700, `${x} ${y} ${across} ${height}`);
    assert.equal((await table.boundingBox()).width, wide);
    await page.keyboard.press('Escape');
    await box.waitFor({ state: 'hidden' });
    assert.equal(await help.getAttribute('aria-expanded'), 'false');
    assert.ok(await help.evaluate(button => button.getRootNode().activeElement === button));
  }
  check();
});

test('speaks German where the browser prefers it, English on request, and keeps what is under way', async () => {
  const { page, check } = await open(send(model({ step: 20 })), {
    query: '?device=cpu',
    options: { locale: 'de-DE' },
  });
  await page.getByRole('heading', { name: 'Datenschutz' }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'de');
  await page.getByRole('button', { name: 'Nur laden' }).click();
  await steps.ready(page);
  await page.locator('ts-test-step button.primary').click();
  await reached(page, 2);
  await page.getByRole('combobox', { name: 'Sprache' }).selectOption('en');
  await page.getByRole('heading', { name: 'Privacy', exact: true }).waitFor();
  assert.match(page.url(), /lang=en/);
  await page.locator('[data-run=done]').waitFor();
  await page.getByText('On these items the model answers like').waitFor();
  check();
});
