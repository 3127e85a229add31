// A loaded model stays of use when another device or another file, tried in its place, fails. With the double.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { steps } from './support.mjs';
import { model, open, send, setUp } from './with-double.mjs';

setUp();

const device = page => page.locator('[data-device]').getAttribute('data-device');
const failure = page => page.locator('ts-model-step ts-notice[kind=bad]');

/** The model that was there is tested once more and gives a test. */
async function works(page, kind) {
  await steps.ready(page);
  assert.equal(await device(page), kind);
  await steps.run(page);
  assert.equal((await steps.saveJson(page)).device.kind, kind);
}

describe('another device', () => {
  for (const [what, plan, from, to, code] of [
    ['a GPU where there is none', {}, 'cpu', 'gpu', 'device.unavailable'],
    ['a GPU whose memory is used up', { gpu: true, breakOn: 'gpu' }, 'cpu', 'gpu', 'device.memory'],
    ['a GPU lost in the self-test', { gpu: true, selfTest: 'throw' }, 'cpu', 'gpu', 'device.lost'],
    ['a CPU without room', { gpu: true, breakOn: 'cpu' }, 'gpu', 'cpu', 'device.memory'],
  ]) {
    test(`${what} leaves the model on the ${from.toUpperCase()}, and says so`, async () => {
      const { page, check } = await open(send(model(plan)), { query: `?device=${from}&per_trait=1` });
      await steps.load(page);
      await page.getByLabel('Run on').selectOption(to);
      await failure(page).getByText(code).waitFor();
      const words = `Double 135M is still loaded and runs on the ${from.toUpperCase()}`;
      await failure(page).getByText(words).waitFor();
      assert.equal(await page.getByLabel('Run on').inputValue(), from);
      assert.match(page.url(), new RegExp(`device=${from}`));
      await works(page, from);
      check();
    });
  }

  test('that has no room beside the old one is tried alone', async () => {
    const { page } = await open(send(model({ gpu: true, alone: true })), { query: '?device=cpu' });
    await steps.load(page);
    await page.getByLabel('Run on').selectOption('gpu');
    await page.locator('[data-device=gpu]').waitFor();
    await works(page, 'gpu');
  });

  test('is not taken where the move is cancelled', async () => {
    const { page } = await open(send(model({ gpu: true, step: 100 })), {
      query: '?device=cpu&items=1&gate=0&readouts=continuation',
    });
    await steps.load(page);
    await page.getByLabel('Run on').selectOption('gpu');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await works(page, 'cpu');
    assert.equal(await page.getByLabel('Run on').inputValue(), 'cpu');
    assert.equal(await failure(page).count(), 0);
  });

  test('may be chosen before a model is loaded', async () => {
    const { page } = await open(send(model({ gpu: true })), { query: '?per_trait=1' });
    await page.getByLabel('Run on').selectOption('cpu');
    await steps.load(page);
    await works(page, 'cpu');
  });
});
