// Results says which studies and texts of Steer and Monitor have results, and leads there.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from '../axe.mjs';
import { pressByKey } from '../keyboard.mjs';
import { go, steps } from '../support.mjs';
import { model, open, send, setUp } from '../with-double.mjs';

setUp();

const found = page => page.locator('ts-found-studies');

test('where there is nothing it says so, with the way to begin; what there is is linked, and shown where the link leads', async () => {
  const { page, check } = await open(send(model()), { place: '', query: '?device=cpu' });
  await go(page, 'results');
  await found(page)
    .getByText(/No study of a push has results yet/)
    .waitFor();
  await found(page).locator('[data-missing=monitor]').getByRole('link', { name: 'Monitor' }).click();
  await page.locator('[data-place=monitor]:visible').waitFor();
  await go(page, 'model');
  await steps.load(page);

  await go(page, 'steer');
  await page.getByRole('button', { name: 'Write both answers' }).click();
  await page.locator('[data-text=steered][data-done=length]:visible').waitFor();
  await page.getByRole('button', { name: 'Ask under every dose' }).click();
  await page.locator('[data-study=done]').waitFor();
  // Another kind of study is looked at when the link brings this one back.
  await page.getByRole('radio', { name: 'How far it can go' }).check();
  await page.locator('ts-effect-result').waitFor({ state: 'detached' });
  await go(page, 'monitor');
  await page.getByRole('button', { name: 'Read the meter and ask' }).click();
  await page.locator('[data-monitor=done]').waitFor();

  await go(page, 'results');
  await found(page).locator('[data-found="3"]').waitFor();
  assert.equal(await found(page).locator('[data-missing]').count(), 0);
  assert.deepEqual(await found(page).getByRole('link').allInnerTexts(), [
    'Two answers, plain and steered: agreeableness',
    'Effect of a push: agreeableness',
    'Meter and answers: agreeableness',
  ]);
  await found(page)
    .getByText(/in Monitor · Double 135M · /)
    .waitFor();
  const faults = [];
  await judge(page, 'results, studies elsewhere', faults);
  assert.deepEqual(faults, []);
  await pressByKey(page, /^Effect of a push: agreeableness$/);
  await page.locator('[data-place=steer]:visible').waitFor();
  await page.locator('ts-effect-result').waitFor();
  check();
});

test('a link that leaves a place out leaves it out here too', async () => {
  const { page } = await open(send(model()), { place: '', query: '?device=cpu&hide=steer' });
  await go(page, 'results');
  await found(page).locator('[data-missing=monitor]').waitFor();
  assert.equal(await found(page).locator('[data-missing]').count(), 1);
  await page.goto(page.url().replace('hide=steer', 'hide=steer,monitor'));
  await page.locator('ts-results-step').waitFor();
  await page.locator('ts-found-studies').waitFor({ state: 'attached' });
  assert.equal(await found(page).locator('h3').count(), 0);
});
