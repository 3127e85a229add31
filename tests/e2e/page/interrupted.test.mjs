// What goes wrong between the first press and the last answer, with a double in the place of the wasm module: a loading that is called
// off, a GPU that is none, computes wrong or is lost, a crash, a stop. What was answered is kept.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { steps } from '../support.mjs';
import { model, open, send, setUp } from '../with-double.mjs';

setUp();

describe('when things go wrong on the way', () => {
  /** Step 2 offers the test and none has been begun. */
  const notBegun = async page => {
    assert.ok(await page.getByRole('button', { name: 'Run the test', exact: true }).isEnabled());
    assert.equal(await page.locator('[data-run], [data-items-done]').count(), 0);
  };

  test('a device that computes wrong numbers is given no test by itself', async () => {
    const { page } = await open(send(model({ selfTest: 'wrong' })), { query: '?device=cpu' });
    await page.getByRole('button', { name: 'Load the model and run the test' }).click();
    await page.locator('[data-self-test=failed]').waitFor();
    await page.waitForTimeout(300);
    await notBegun(page);
    assert.match(await page.locator('[role=status]').textContent(), /self-test has failed/);
  });

  test('the loading can be cancelled until the test begins, and no test follows then', async () => {
    const { page } = await open(send(model({ step: 60, testTime: 1500 })), { query: '?device=cpu' });
    const cancel = page.getByRole('button', { name: 'Cancel' });
    const both = page.getByRole('button', { name: 'Load the model and run the test' });
    for (const phase of ['Reading the model…', 'Checking that this device computes correctly…']) {
      await both.click();
      await page.getByText(phase).waitFor();
      await cancel.click();
      await page.locator('ts-model-step button:focus', { hasText: 'Load the model' }).waitFor();
      await page.waitForTimeout(700);
      assert.equal(await page.locator('[data-self-test], [data-run], [data-items-done]').count(), 0);
    }
    await steps.load(page);
    await notBegun(page);
  });

  test('without a GPU it says so and takes the CPU', async () => {
    const { page } = await open(send(model()));
    await steps.load(page);
    assert.equal(await page.locator('[data-device]').getAttribute('data-device'), 'cpu');
    await page.getByText('device.unavailable').waitFor();
  });

  test('a GPU that fails the self-test is left, in plain words, and the test follows on the CPU', async () => {
    const { page } = await open(send(model({ gpu: true, selfTest: 'fail' })), {
      query: '?per_trait=1&readouts=continuation&gate=8',
    });
    await steps.loadAndRun(page);
    const run = await steps.saveJson(page);
    assert.deepEqual([run.device.kind, run.self_test.fell_back, run.observations.length], ['cpu', true, 8]);
    assert.equal(await page.locator('[data-self-test]').getAttribute('data-self-test'), 'passed');
    await page
      .getByText('The GPU failed this test, so the model now runs on the CPU, which passed it')
      .waitFor();
    assert.equal(await page.locator('[data-device]').getAttribute('data-device'), 'cpu');
  });

  // Among the factual questions, of which all are then asked again, and among the items.
  for (const loseDeviceAfter of [30, 65]) {
    test(`a GPU lost after ${loseDeviceAfter} questions: every factual answer is there, once`, async () => {
      const { page } = await open(send(model({ gpu: true, loseDeviceAfter })), {
        query: '?failing=ask&per_trait=2',
      });
      await steps.load(page);
      await steps.run(page);
      await page.getByText('The test goes on on the CPU').waitFor();
      const run = await steps.saveJson(page);
      assert.equal(new Set(run.gate_answers.map(({ item, readout }) => `${item} ${readout}`)).size, 48);
      assert.equal(run.gate_answers.length, 48);
      assert.deepEqual(
        run.summary.gate.map(({ readout, right, items }) => [readout, right, items]),
        [
          ['letters', 6, 24],
          ['continuation', 21, 24],
        ],
      );
      assert.equal(run.observations.length, 16 * 7);
    });
  }

  test('a GPU lost in mid-run: the run goes on at the next item, each observation there once', async () => {
    const lost = model({ gpu: true, loseDeviceAfter: 48 + 17 });
    const { page } = await open(send(lost), { query: '?failing=ask&per_trait=2' });
    await steps.load(page);
    await steps.run(page);
    await page.getByText('The test goes on on the CPU').waitFor();
    const run = await steps.saveJson(page);
    assert.equal(run.observations.length, 16 * 7);
    const keys = run.observations.map(({ item, readout, template, layout }) =>
      [item, readout, template, layout].join(),
    );
    assert.equal(new Set(keys).size, keys.length);
    assert.equal(run.summary.gate.length, 2);
    assert.equal(run.cancelled, false);
    assert.equal(run.device.kind, 'cpu');
    assert.equal(run.self_test.device, 'cpu');
    assert.equal(run.model.device, undefined);
    assert.equal(run.notices[0].code, 'device.lost');
  });

  test('a crash of the worker: what was done is kept, and the model can be loaded again', async () => {
    const { page } = await open(send(model({ crashAfter: 48 + 40 })), {
      query: '?workers=1&failing=ask&per_trait=2',
    });
    await steps.load(page);
    await steps.runToFailure(page);
    await page.getByText('worker.crashed').first().waitFor();
    const run = await steps.saveJson(page);
    assert.equal(run.cancelled, true);
    // What was answered before the worker fell is there, though the news of its fall may come first.
    assert.equal(run.observations.length, 39);
    await steps.load(page);
  });

  test('a run that is stopped keeps what is done', async () => {
    const { page } = await open(send(model({ step: 10 })), { query: '?per_trait=all&failing=ask' });
    await steps.load(page);
    await page.getByRole('button', { name: 'Run the test' }).click();
    await page.waitForFunction(
      () =>
        Number(
          document
            .querySelector('traitscope-app')
            .shadowRoot.querySelector('ts-test-step')
            .shadowRoot.querySelector('[data-items-done]')?.dataset.itemsDone,
        ) >= 2,
    );
    await page.getByRole('button', { name: 'Stop and keep what is done' }).click();
    await page.getByText('The test ended early').waitFor();
    assert.equal(await page.locator('ts-test-step ts-step').getAttribute('state'), 'current');
    const run = await steps.saveJson(page);
    assert.equal(run.cancelled, true);
    assert.ok(run.observations.length >= 14 && run.observations.length < 560);
    assert.ok(run.summary.scores.length > 0);
  });
});
