// What axe finds while something goes on: a download, a test, a text, a study; and in the page in one file, opened without a server. All
// unfolded, wide and light, narrow and dark; and that nothing is wider than its window.

import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { test } from 'node:test';
import { judge } from '../axe.mjs';
import { movedDouble, openFile } from '../one-file-support.mjs';
import { ranged } from '../ranged.mjs';
import { finished, give, STUDY, start } from '../study-support.mjs';
import { go, launch, PLACES, steps } from '../support.mjs';
import { MODEL, model, open, reached, send, setUp } from '../with-double.mjs';

setUp();

/** Milliseconds a forward: nothing may come to its end while it is judged. */
const SLOW = 300;

/** The page with one place at a time and the slow model loaded. */
async function loaded(place, query = '?device=cpu&workers=1', plan = {}) {
  const opened = await open(send(model({ step: SLOW, ...plan })), { place: '', query });
  await steps.load(opened.page);
  await go(opened.page, place);
  return opened;
}

/** Judges what goes on, which `sign` tells, and fails where it ended meanwhile. */
async function judgeUnderWay(page, what, sign, found) {
  await sign.waitFor();
  await judge(page, what, found);
  assert.ok(await sign.isVisible(), `${what} ended while it was judged`);
}

test('no fault in a download that is under way, silent, paused, tried again and failed', async () => {
  const double = model({}, 4_000_000);
  const { answer, state } = ranged(double.bytes, { stopAfter: 1_500_000 });
  const routes = send(double, { answer });
  let up = true;
  routes[MODEL] = (request, response) => (up ? answer(request, response) : response.destroy());
  const { page, check } = await open(routes, { place: '', query: '?device=cpu' });
  const found = [];
  const pause = page.getByRole('button', { name: 'Pause', exact: true });
  await page.getByRole('button', { name: 'Load the model and run the test' }).click();
  await page.locator('[data-progress]', { hasText: '1.5 MB of 4.0 MB' }).waitFor();
  await judgeUnderWay(page, 'download', pause, found);
  const silent = page.locator('[data-speed]', { hasText: /nothing has come/ });
  await judgeUnderWay(page, 'download, silent', silent, found);
  await pause.click();
  await page.locator('[data-partial]').first().waitFor();
  await judge(page, 'download, paused', found);
  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  await pause.waitFor();
  while (state.asked.length < 2) await page.waitForTimeout(20);
  up = false;
  state.last.destroy();
  await page.locator('[data-notice]', { hasText: 'trying again' }).waitFor();
  await judge(page, 'download, tried again', found);
  await page.getByText('network.failed').waitFor();
  await judge(page, 'download, failed', found);
  assert.deepEqual(found, []);
  check();
});

test('no fault in the middle of a test, where it goes on and elsewhere', async () => {
  const query = '?device=cpu&workers=1&readouts=letters,continuation';
  const { page, check } = await loaded('test', query, { lettersPass: true });
  const found = [];
  await page.getByRole('button', { name: 'Run the test', exact: true }).click();
  const stop = page.locator('ts-test-step').getByRole('button', { name: 'Stop' });
  await judgeUnderWay(page, 'test, factual questions', stop, found);
  await reached(page, 1);
  await judgeUnderWay(page, 'test, items', stop, found);
  for (const place of ['model', 'steer', 'results']) {
    await go(page, place);
    await judgeUnderWay(page, `${place}, during a test`, page.locator('ts-nav .away'), found);
  }
  await go(page, 'test');
  await stop.click();
  await judge(page, 'test, stopped', found);
  assert.deepEqual(found, []);
  check();
});

test('no fault in a text that is being written, and in a study of a push under way', async () => {
  const { page, check } = await loaded('steer');
  const found = [];
  await page.getByRole('button', { name: 'Write both answers' }).click();
  for (const side of ['unsteered', 'steered']) {
    await page.locator(`[data-text=${side}] .text`, { hasText: /(plain|kind) / }).waitFor();
    await judgeUnderWay(page, `steer, ${side}`, page.locator(`[data-text=${side}][data-done=""]`), found);
  }
  await page.locator('[data-text=steered][data-done=length]:visible').waitFor();
  const study = page.locator('ts-effect-step');
  await study.getByRole('radio', { name: /^Full/ }).check();
  await page.getByRole('button', { name: 'Ask under every dose' }).click();
  const stop = study.getByRole('button', { name: 'Stop and keep what is done' });
  await judgeUnderWay(page, 'steer, study under way', stop, found);
  assert.deepEqual(found, []);
  check();
});

test('no fault in a meter that is being read, and in texts that are read', async () => {
  const { page, check } = await loaded('monitor');
  const found = [];
  const step = page.locator('ts-monitor-step');
  await step.getByRole('radio', { name: /^Full/ }).check();
  await step.getByRole('button', { name: 'Read the meter and ask' }).click();
  await step.getByText(/[1-9]\d* of .* answers/).waitFor();
  const stop = step.getByRole('button', { name: 'Stop and keep what is done' });
  await judgeUnderWay(page, 'monitor, study under way', stop, found);
  await stop.click();
  await step.locator('[data-monitor=done]').waitFor();
  const texts = Array.from({ length: 300 }, (_, i) => `Why ${i}?\tBecause it is so and so.`).join('\n');
  await step.getByLabel('Questions and answers').fill(texts);
  await step.getByRole('button', { name: 'Read the texts' }).click();
  await judgeUnderWay(page, 'monitor, texts under way', stop, found);
  assert.deepEqual(found, []);
  check();
});

test('no fault in a study of settings under way', async () => {
  const { page, check } = await loaded('test');
  const found = [];
  await give(page, { ...STUDY, items: { per_trait: 1 } });
  await page.locator('ts-settings-step').getByText('6 settings').first().waitFor();
  await start(page);
  await finished(page, 1);
  const stop = page.locator('ts-settings-step').getByRole('button', { name: 'Stop and keep what is done' });
  await judgeUnderWay(page, 'study of settings under way', stop, found);
  assert.deepEqual(found, []);
  check();
});

test('no fault in the page in one file', async () => {
  const known = model();
  const { folder, url } = await movedDouble(known);
  const browser = await launch();
  try {
    const { page, check } = await openFile(browser.context, `${url}?device=cpu&per_trait=5`);
    const found = [];
    await page.getByText('With double.gguf').waitFor();
    for (const place of PLACES) {
      await go(page, place);
      await judge(page, `one file, ${place}, no model`, found);
    }
    await go(page, 'model');
    const buffer = known.bytes;
    await steps.give(page, 'Open a model file', { name: 'known.gguf', mimeType: '', buffer });
    await steps.ready(page);
    await go(page, 'test');
    await page.locator('ts-test-step button.primary').click();
    await steps.ended(page, 'done', 60_000);
    for (const place of PLACES) {
      await go(page, place);
      await judge(page, `one file, ${place}`, found);
    }
    assert.deepEqual(found, []);
    check();
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
});
