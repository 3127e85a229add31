// A loaded model stays of use when another device or another file, tried in its place, fails. With the double.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { steps } from '../support.mjs';
import { model, open, send, setUp } from '../with-double.mjs';

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

describe('another file', () => {
  /** Drops a file on the page, beside every zone. */
  for (const [what, text, code] of [
    ['that is no model', 'JFIF', 'gguf.magic'],
    ['whose weights do not all come', 'GGUF{"step":1,"breakOn":"cpu"}', 'device.memory'],
  ]) {
    test(`${what} leaves the model loaded, and says so`, async () => {
      const { page, check } = await open(send(model()), { query: '?device=cpu&per_trait=1' });
      await steps.load(page);
      await steps.drop(page, 'holiday.gguf', text);
      await failure(page).getByText(code).waitFor();
      await failure(page).getByText('Double 135M is still loaded and runs on the CPU').waitFor();
      await works(page, 'cpu');
      await page.locator('ts-model-step').getByText('Double 135M', { exact: true }).waitFor();
      check();
    });
  }

  test('takes the place of the model where it is good', async () => {
    const { page } = await open(send(model()), { query: '?device=cpu&per_trait=1' });
    await steps.load(page);
    await steps.drop(page, 'own.gguf', 'GGUF{"step":1,"alone":true}');
    await page.locator('ts-model-step').getByText('own.gguf', { exact: true }).waitFor();
    await works(page, 'cpu');
    assert.equal(await failure(page).count(), 0);
  });

  test('has to wait for the end of a loading, which the page says', async () => {
    const { page } = await open(send(model({ step: 100 })));
    await page.getByRole('button', { name: 'Only load it' }).click();
    await page.getByRole('button', { name: 'Cancel' }).waitFor();
    await steps.drop(page, 'own.gguf', 'GGUF{}');
    await failure(page).getByText('since a model is loading').waitFor();
    await steps.ready(page);
    assert.equal(await failure(page).count(), 0);
  });

  test('has to wait for the end of a test, which the page says', async () => {
    const { page } = await open(send(model({ step: 120 })), { query: '?device=cpu&per_trait=1' });
    await steps.load(page);
    await page.getByRole('button', { name: 'Run the test' }).click();
    await page.locator('[data-gate=continuation], [data-items-done]').first().waitFor();
    await steps.drop(page, 'own.gguf', 'GGUF{}');
    await failure(page).getByText('model.busy').waitFor();
    await failure(page)
      .getByText('since a test is running. Stop it first, then drop the file again')
      .waitFor();
    await page.getByRole('button', { name: 'Stop and keep what is done' }).click();
    await page.locator('[data-run=done]').waitFor();
    await failure(page).waitFor({ state: 'detached' });
    await steps.drop(page, 'own.gguf', 'GGUF{}');
    await page.locator('ts-model-step').getByText('own.gguf', { exact: true }).waitFor();
  });
});
