// The page without a mouse: every control is reached with Tab, in order and seen, and the main jobs are done by keys alone.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { unfold } from '../axe.mjs';
import { pressByKey, tabTo, walkByTab } from '../keyboard.mjs';
import { ended, give, STUDY, saved, start } from '../study-support.mjs';
import { go, PLACES, steps } from '../support.mjs';
import { model, open, send, setUp } from '../with-double.mjs';

setUp();

test('every control is reached with the keyboard, in the order of the page, and its focus is seen', async () => {
  const { page } = await open(send(model()), { place: '', query: '?device=cpu' });
  await page.locator('[data-example=steering]').first().waitFor();
  for (const place of PLACES) {
    await go(page, place);
    await walkByTab(page, `${place}, no model`);
  }
  await go(page, 'model');
  await steps.load(page);
  await go(page, 'test');
  await page.getByText('Options', { exact: true }).click();
  await walkByTab(page, 'test');
  await steps.run(page);
  for (const place of PLACES) {
    await go(page, place);
    await walkByTab(page, place);
  }
});

/** Unfolds what is shown, and walks it. */
async function walkUnfolded(page, what) {
  await unfold(page);
  await walkByTab(page, what);
}

test('so it is, all unfolded, with texts, layers and the study of a push', async () => {
  const { page } = await open(send(model()), { place: '', query: '?device=cpu' });
  await steps.load(page);
  await go(page, 'steer');
  await page.getByRole('button', { name: 'Write both answers' }).click();
  await page.locator('[data-text=steered][data-done=length]:visible').waitFor();
  await unfold(page);
  await page.getByRole('button', { name: 'Read the steered answer' }).click();
  await page.locator('ts-layer-map').waitFor();
  await walkUnfolded(page, 'steer, texts');
  await page.getByRole('button', { name: 'Ask under every dose' }).click();
  await page.locator('[data-study=done]').waitFor();
  await walkUnfolded(page, 'steer, study');
});

test('so it is in Monitor after a study and a reading of texts, all unfolded', async () => {
  const { page } = await open(send(model()), { place: '', query: '?device=cpu' });
  await steps.load(page);
  await go(page, 'monitor');
  await page.getByRole('button', { name: 'Read the meter and ask' }).click();
  await page.locator('[data-monitor=done]').waitFor();
  await unfold(page);
  await page.getByLabel('Questions and answers').fill('Why?\tBecause it is so and so.\nA text alone.');
  await page.getByRole('button', { name: 'Read the texts' }).click();
  await page.locator('[data-texts=done]').waitFor();
  await walkUnfolded(page, 'monitor');
});

test('so it is in Results with a saved report and a study of settings, all unfolded', async () => {
  const query = '?device=cpu&workers=1&per_trait=2&readouts=continuation&gate=8';
  const { page } = await open(send(model()), { place: '', query });
  await steps.load(page);
  await go(page, 'test');
  await steps.run(page);
  await go(page, 'results');
  const json = await steps.save(page, 'Save the results');
  const names = { name: 'Other 1B', sha256: 'e'.repeat(64) };
  const mine = JSON.parse(json);
  await steps.drop(page, 'other.json', JSON.stringify({ ...mine, model: { ...mine.model, ...names } }));
  await page.locator('ts-comparison').waitFor();
  await walkUnfolded(page, 'results, with a report');
  await go(page, 'test');
  await give(page, STUDY);
  await start(page);
  await ended(page);
  const study = JSON.stringify(await saved(page));
  await walkUnfolded(page, 'test, with a study');
  await page.reload();
  await page.locator('[data-place=test]:visible ts-settings-step').waitFor();
  await steps.drop(page, 'study.json', study);
  await page.locator('[data-summary="6"]').waitFor({ state: 'attached' });
  for (const place of ['test', 'results']) {
    await go(page, place);
    await walkUnfolded(page, `${place}, with a saved study`);
  }
});

/** What is saved when that is pressed. */
async function saveByKey(page, name) {
  const [download] = await Promise.all([page.waitForEvent('download'), pressByKey(page, name)]);
  return JSON.parse(await readFile(await download.path(), 'utf8'));
}

test('a model is loaded, a test given, and its results saved by keys alone', async () => {
  const query = '?device=cpu&per_trait=5&readouts=continuation&gate=8';
  const { page, check } = await open(send(model({ step: 10 })), { place: '', query });
  await page.locator('[data-example=steering]').first().waitFor();
  await pressByKey(page, /^Only load it$/);
  await steps.ready(page);
  await pressByKey(page, /^Choose a test$/);
  await page.locator('[data-place=test]:visible').waitFor();
  // Of radio buttons the next is chosen with an arrow.
  await tabTo(page, /^Quick/);
  await page.keyboard.press('ArrowDown');
  await page.locator('[data-place=test] input[name=kind]:checked:focus').waitFor();
  await page.keyboard.press('ArrowUp');
  await pressByKey(page, /^Run the test$/);
  await page.locator('[data-place=results]:visible [data-run=done]').waitFor();
  const run = await saveByKey(page, /^Save the results$/);
  assert.equal(run.observations.length, 40);
  // A select changes with an arrow, and so does the language.
  await tabTo(page, /^Language$/);
  await page.keyboard.press('ArrowUp');
  await page.locator('html[lang=de]').waitFor();
  check();
});

test('answers are steered and read, and a study begun, stopped and saved by keys alone', async () => {
  const { page, check } = await open(send(model({ step: 30 })), { place: '', query: '?device=cpu' });
  await page.locator('[data-example=steering]').first().waitFor();
  await pressByKey(page, /^Only load it$/);
  await steps.ready(page);
  await pressByKey(page, /^Steer$/);
  await page.locator('[data-place=steer]:visible').waitFor();
  await tabTo(page, /^Agreeableness: dose$/);
  await page.keyboard.press('ArrowLeft');
  await pressByKey(page, /^Write both answers$/);
  const steered = page.locator('[data-text=steered][data-done=length]:visible');
  await steered.waitFor();
  await tabTo(page, /^Answer: As it is/);
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
  const reading = page.locator('[data-text=unsteered] #reading');
  await reading.filter({ hasText: /“plain”, token 3 of 80/ }).waitFor();

  // The map of the layers, whose cell is told of, marked, and brought into sight.
  await page.setViewportSize({ width: 390, height: 700 });
  await pressByKey(page, /^Every layer at once$/);
  await pressByKey(page, /^Read the steered answer$/);
  const map = page.locator('ts-layer-map');
  await map.waitFor();
  await tabTo(page, /^The map/);
  const cell = map.locator('.cell');
  for (let i = 0; i < 60; i++) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowUp');
  await cell.filter({ hasText: /layer 18/ }).waitFor();
  const seen = await map.locator('.at').evaluate(mark => {
    const { left, right } = mark.getBoundingClientRect();
    const scroll = mark.closest('.scroll').getBoundingClientRect();
    return left >= scroll.left - 1 && right <= scroll.right + 1;
  });
  assert.ok(seen, 'the cell is out of sight');

  const study = page.locator('ts-effect-step');
  await tabTo(page, /^Short/);
  await page.keyboard.press('ArrowRight');
  await study.locator('input[type=radio]:checked:focus').waitFor();
  await pressByKey(page, /^Ask under every dose$/);
  const stop = study.locator('button:focus', { hasText: 'Stop and keep what is done' });
  await stop.waitFor();
  await study.getByText(/[1-9]\d* of .* answers/).waitFor();
  await page.keyboard.press('Enter');
  await study.locator('[data-study=done]').waitFor();
  const record = await saveByKey(page, /^Save the study$/);
  assert.equal(record.result.cancelled, true);
  check();
});
