// What a visitor sees before there is a model: recorded examples, marked as such, in the page's language.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { examplesIn } from '../recorded.mjs';
import { go, steps } from '../support.mjs';
import { model, open, send, setUp } from '../with-double.mjs';

setUp();

test('a whole report and a steered text are there at once, say that they are recorded and where, and go when there is a model', async () => {
  const { page, check } = await open(send(model()), { place: '?device=cpu' });
  const report = page.locator('[data-example=report]:visible');
  await report.getByText('Recorded example', { exact: true }).waitFor();
  await report
    .getByText(
      /^SmolLM2 135M Instruct, on another computer’s CPU, wasm, relaxed SIMD \(Intel Xeon, 2 cores, Chromium on Linux\) · /,
    )
    .waitFor();
  await report.getByRole('heading', { name: 'Test of SmolLM2 135M Instruct' }).waitFor();
  assert.equal(await report.locator('svg[data-score]').count(), 8);
  assert.equal(await report.locator('ts-score-table tbody tr').count(), 8);
  await report.getByText('say that a model has a personality').waitFor();

  const steering = page.locator('[data-example=steering]:visible');
  await steering.getByText('Recorded example', { exact: true }).waitFor();
  await steering
    .getByText(
      /^SmolLM2 135M Instruct, on another computer’s CPU, wasm, relaxed SIMD \(Intel Xeon, 2 cores, Chromium on Linux\) · /,
    )
    .waitFor();
  const texts = await steering.locator('[data-text] .text').allInnerTexts();
  assert.equal(texts.length, 2);
  assert.ok(texts.every(text => text.split(' ').length > 20) && texts[0] !== texts[1]);
  await steering.getByRole('img', { name: /Agreeableness/ }).waitFor();

  await steps.load(page);
  assert.equal(await report.count(), 0);
  assert.equal(await page.locator('[data-example=steering]:visible').count(), 0);
  check();
});

for (const language of ['en', 'de']) {
  test(`each place that has an example says of which model, machine and date it is (${language})`, async () => {
    const { page, check } = await open(send(model()), { place: `?device=cpu&lang=${language}#results` });
    await examplesIn(page, ['report'], language);
    await go(page, 'steer');
    await examplesIn(page, ['steering'], language);
    await go(page, 'model');
    await examplesIn(page, ['report', 'steering'], language);
    for (const place of ['test', 'monitor', 'about']) {
      await go(page, place);
      await examplesIn(page, [], language);
    }
    check();
  });
}
