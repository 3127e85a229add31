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
  const help = page.getByRole('button', { name: 'What is meant: Score' });
  assert.equal(await help.getAttribute('aria-expanded'), 'false');
  await help.click();
  await page
    .getByText('The share of items, from 0 to 100, in which an answer of the high side comes first.')
    .first()
    .waitFor();
  assert.equal(await help.getAttribute('aria-expanded'), 'true');
  await help.click();
  const entry = page.locator('[data-term=interval]');
  await entry.locator('summary').click();
  await entry.getByText('It comes from a bootstrap over the items').waitFor();
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
