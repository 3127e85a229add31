// The short tour through the places, and the page in another language.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { model, open, send, setUp } from '../with-double.mjs';

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
