// The page in a real browser, with a double in the place of the wasm module: the main job, settings, items, and the
// failures that no real model can be made to have. model.test.mjs is about real numbers.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { steps } from '../support.mjs';
import { model, now, open, send, setUp } from '../with-double.mjs';

setUp();

/** Whether the test's step is marked as done. */
const testState = page => page.locator('ts-test-step ts-step').getAttribute('state');

describe('the main job', () => {
  test('load and run with one button, read, save: from any sub-path, under the policy, without third parties', async () => {
    const double = model();
    const { page, check } = await open(send(double), { query: '?per_trait=5' });
    await page.getByText('The test has 40 items.').waitFor();
    await steps.loadAndRun(page);
    await page.getByText('On these items the model answers like').waitFor();
    assert.equal(await testState(page), 'done');
    assert.equal(await page.locator('[data-gate=letters]').getAttribute('data-passes'), 'false');
    await page.locator('[data-gate=letters]', { hasText: '6 of 24 factual questions right' }).waitFor();
    assert.equal(await page.locator('[data-offered=continuation] svg[data-score]').count(), 8);
    assert.equal(await page.locator('[data-not-offered=letters] ts-score-chart').count(), 0);

    const run = await steps.saveJson(page);
    assert.equal(run.format, 'traitscope-run');
    assert.equal(run.model.sha256, double.sha256);
    assert.equal(run.items.ids.length, 40);
    assert.deepEqual(run.skipped, ['letters']);
    assert.equal(run.observations.length, 40);
    assert.equal(run.self_test.passed, true);
    assert.equal(run.cancelled, false);
    const csv = await steps.save(page, 'Save as a table (CSV)');
    assert.equal(csv.trimEnd().split('\r\n').length, 1 + 4 * run.observations.length);
    check();
  });

  test('what it measures with is fetched only once a model is to be loaded', async () => {
    // Without the service worker, which fetches all there is for visits without a network.
    const { page } = await open(send(model()), { options: { serviceWorkers: 'block' } });
    await page.getByText('The test has 40 items.').waitFor();
    await page.getByText('downloaded once').waitFor();
    const fetched = () => now.server.requests.some(path => /traitscope_web/.test(path));
    assert.equal(fetched(), false);
    await steps.load(page);
    assert.equal(fetched(), true);
  });

  test('items are not asked in a way of reading that fails, unless the reader says so', async () => {
    const { page } = await open(send(model()), { query: '?per_trait=1' });
    await steps.load(page);
    await steps.run(page);
    const letters = page.locator('[data-not-offered=letters]');
    await letters.getByText('not offered, and why').click();
    await letters.getByText('So the items were not asked in this way').waitFor();
    await letters.getByText('Which letter it favoured in the factual questions').waitFor();
    await letters.getByRole('button', { name: 'Ask them all the same' }).click();
    await page.locator('[data-run=running]').waitFor();
    await page.locator('[data-run=done]').waitFor();
    const run = await steps.saveJson(page);
    assert.deepEqual(run.skipped, []);
    assert.equal(run.observations.length, 8 * (3 * 2 + 1));
    assert.doesNotMatch(page.url(), /failing/);
    if (!(await letters.evaluate(details => details.open))) await letters.locator('summary').first().click();
    await letters.getByText('Its raw numbers are in the saved file').waitFor();
    assert.equal(await letters.getByText('in the factual questions').count(), 0);
  });

  test('where no way of reading works, no item is asked', async () => {
    const { page } = await open(send(model()), { query: '?per_trait=1&readouts=letters' });
    await steps.load(page);
    await steps.run(page);
    await page.getByText('no way of reading the answers beats guessing clearly enough').waitFor();
    const run = await steps.saveJson(page);
    assert.deepEqual([run.skipped, run.observations, run.summary.offered], [['letters'], [], null]);
    assert.equal(run.gate_answers.length, 24);
  });

  test('with the keyboard alone, the focus following the steps', async () => {
    const { page } = await open(send(model({ step: 10, testTime: 500 })), { place: '' });
    const focus = text =>
      page.waitForFunction(text => {
        let element = document.activeElement;
        while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
        return element?.textContent?.trim() === text;
      }, text);
    await page.getByRole('button', { name: 'Load the model' }).waitFor();
    await page.keyboard.press('Tab');
    await focus('Skip to the content');
    await page.keyboard.press('Enter');
    await focus('Model');
    await page.keyboard.press('Tab');
    await focus('Load the model and run the test');
    await page.keyboard.press('Enter');
    await page.getByText('The test begins by itself').waitFor();
    await focus('Test');
    await page.keyboard.press('Tab');
    await focus('Stop and keep what is done');
    await page.locator('[data-run=done]').waitFor();
    assert.match(await page.locator('[role=status]').textContent(), /The test has finished: 40 items/);
    await focus('Results');
  });

  test('a model that is only loaded waits for the test to be chosen', async () => {
    const { page } = await open(send(model()));
    await page.getByRole('button', { name: 'Only load it' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('ts-test-step button:focus', { hasText: 'Run the test' }).waitFor();
    assert.match(await page.locator('[role=status]').textContent(), /^Double 135M is ready/);
    assert.equal(await page.locator('[data-run], [data-items-done]').count(), 0);
  });

  test('with no item to ask, a model can only be loaded', async () => {
    const { page } = await open(send(model()), { query: '?traits=Courage' });
    await page.getByText('No item is left of that selection').waitFor();
    assert.ok(await page.getByRole('button', { name: 'Load the model and run the test' }).isDisabled());
    await steps.load(page);
  });

  test('while it runs, nothing is said to be refused that is only not there yet', async () => {
    const { page } = await open(send(model({ step: 150 })), { query: '?gate=8' });
    await steps.load(page);
    await page.getByRole('button', { name: 'Run the test' }).click();
    await page.getByText('The first scores come with the first finished items.').waitFor();
    assert.equal(await page.locator('ts-notice', { hasText: 'No trait score is offered' }).count(), 0);
    assert.equal(await page.getByText('the other way of reading').count(), 0);
    await page.locator('[data-offered=continuation]').waitFor();
  });

  test('stopped among the factual questions, nothing is judged by the few that were asked', async () => {
    const { page } = await open(send(model({ step: 100 })));
    await steps.load(page);
    await page.getByRole('button', { name: 'Run the test' }).click();
    await page.getByText('Asking factual questions first · 0 of 40 items done').waitFor();
    await page.getByText(/answers a minute · .* left/).waitFor();
    await page.getByRole('button', { name: 'Stop and keep what is done' }).click();
    await page.locator('[data-run=done]').waitFor();
    await page.getByText('not finished', { exact: true }).first().waitFor();
    await page.getByText('no or too few factual questions were answered').waitFor();
    for (const verdict of ['✓ works', '✗ does not work', 'no better than guessing']) {
      assert.equal(await page.getByText(verdict).count(), 0, verdict);
    }
    assert.equal(await page.locator('[data-offered]').count(), 0);
  });

  for (const width of [1280, 390]) {
    test(`nothing is cut off at ${width} px`, async () => {
      const { page } = await open(send(model()));
      await page.setViewportSize({ width, height: 800 });
      await steps.load(page);
      await page.getByText('Options', { exact: true }).click();
      await steps.run(page);
      for (const text of ['The same as a table', 'not offered, and why']) await page.getByText(text).click();
      const { scrollWidth } = await page.evaluate(() => ({
        scrollWidth: document.documentElement.scrollWidth,
      }));
      assert.ok(scrollWidth <= width, `the page is ${scrollWidth} px wide`);
    });
  }
});

describe('settings in the address', () => {
  test('are used, and written when they change', async () => {
    const query =
      '?device=cpu&per_trait=1&traits=openness,Narcissism&readouts=continuation&seed=7&gain=1&activations=int8';
    const { page } = await open(send(model()), { query });
    await steps.load(page);
    await steps.run(page);
    const run = await steps.saveJson(page);
    assert.deepEqual(run.items.ids, ['openness-1', 'narcissism-1']);
    assert.deepEqual(run.request.readouts, ['continuation']);
    assert.equal(run.request.seed, 7);
    assert.equal(run.request.gain, true);
    assert.equal(run.activations, 'int8');
    assert.equal(run.rounding.changed, 1);
    await page
      .getByText('by 1.0 points of 100 on average, by 2.3 at most, and changed the choice in 1.')
      .waitFor();
    await page.getByText('Standard', { exact: true }).click();
    assert.match(page.url(), /per_trait=all/);
    assert.doesNotMatch(page.url(), /traits=/);
  });

  test('that leave a trait without an item say which', async () => {
    const { page } = await open(send(model()), { query: '?traits=openness,Narcissism&items=1' });
    await page.getByText('“Narcissism” gets no item').waitFor();
  });

  test('that are out of range are refused in words and not used', async () => {
    const { page } = await open(send(model()), { query: '?per_trait=5000&seed=x&items=3&colour=red' });
    const notice = page.locator('ts-notice', { hasText: 'was not used' });
    await notice.waitFor();
    assert.match(await notice.textContent(), /“5000” is not allowed for “per_trait”/);
    assert.match(await notice.textContent(), /“x” is not allowed for “seed”/);
    assert.match(await notice.textContent(), /“colour” is not a setting/);
    await steps.load(page);
    await steps.run(page);
    const run = await steps.saveJson(page);
    assert.equal(run.items.ids.length, 3);
    assert.equal(run.request.seed, 1);
  });
});

describe('items of the user’s own', () => {
  const item = {
    personality: 'Courage',
    situation: 'S.',
    query: 'Q?',
    response_high1: 'a',
    response_high2: 'b',
  };
  const file = rows => ({
    name: 'mine.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(rows)),
  });

  test('are administered whole, and named in the export with their hash', async () => {
    const { page } = await open(send(model()), { query: '?per_trait=1' });
    await steps.load(page);
    const rows = [1, 2, 3].map(() => ({ ...item, response_low1: 'c', response_low2: 'd' }));
    await steps.give(page, 'Use items of your own', file(rows));
    await page.getByText('mine.json, 3 items').waitFor();
    await steps.run(page);
    const run = await steps.saveJson(page);
    assert.equal(run.items.ids.length, 3);
    assert.equal(run.items.sha256, createHash('sha256').update(file(rows).buffer).digest('hex'));
  });

  test('that are of no kind the page reads are refused with the kinds that it reads', async () => {
    const { page } = await open(send(model()));
    await steps.load(page);
    const zone = page.locator('ts-file-drop', { hasText: 'Use items of your own' });
    assert.equal(await zone.locator('input').getAttribute('accept'), '.json,.jsonl,.csv,.tsv,.parquet');
    const refused = page.getByText('items.kind');
    const table = { name: 'mine.xlsx', mimeType: '', buffer: Buffer.from('a,b') };
    await steps.give(page, 'Use items of your own', table);
    await page.getByText('“mine.xlsx” is of a kind that this page does not read').waitFor();
    await page.getByText('It reads items from .json, .jsonl, .csv and .parquet files').waitFor();
    // Forgotten when a good file comes.
    await steps.give(
      page,
      'Use items of your own',
      file([{ ...item, response_low1: 'c', response_low2: 'd' }]),
    );
    await page.getByText('mine.json, 1 item').waitFor();
    assert.equal(await refused.count(), 0);

    // Dropped beside the zones, and forgotten when a run begins.
    const dataTransfer = await page.evaluateHandle(() => {
      const data = new DataTransfer();
      data.items.add(new File(['a,b'], 'mine.xlsx'));
      return data;
    });
    await page.dispatchEvent('body', 'drop', { dataTransfer });
    await refused.waitFor();
    await steps.run(page);
    assert.equal(await refused.count(), 0);
  });

  test('that are too long end the run, which is no longer said once others are chosen', async () => {
    const { page } = await open(send(model()));
    await steps.load(page);
    const rows = [1, 2].map(n => ({ ...item, situation: 'S'.repeat(n === 2 ? 4500 : 1) }));
    const whole = rows.map(row => ({ ...row, response_low1: 'c', response_low2: 'd' }));
    const failed = page.locator('ts-test-step ts-notice', { hasText: 'prompt.length' });
    for (const another of [
      () => steps.give(page, 'Use items of your own', file(whole.slice(0, 1))),
      () => page.getByText('Quick', { exact: true }).click(),
    ]) {
      await steps.give(page, 'Use items of your own', file(whole));
      await page.getByText('mine.json, 2 items').waitFor(); // a file is read after it is given
      await steps.runToFailure(page);
      await failed.waitFor();
      assert.equal((await steps.saveJson(page)).notices[0].code, 'prompt.length');
      await another();
      await failed.waitFor({ state: 'detached' });
    }
  });

  test('that are known to be too long are refused before anything is asked', async () => {
    const { page } = await open(send(model()));
    await steps.load(page);
    const long = { ...item, situation: 'S'.repeat(6000), response_low1: 'c', response_low2: 'd' };
    await steps.give(page, 'Use items of your own', file([long]));
    await page.getByText('mine.json, 1 item').waitFor();
    await page.getByRole('button', { name: 'Run the test', exact: true }).click();
    await page.locator('ts-test-step ts-notice', { hasText: 'prompt.length' }).waitFor();
    assert.equal(await page.locator('[data-gate]').count(), 0);
    assert.equal(await page.getByRole('button', { name: /JSON/ }).count(), 0);
  });

  test('that miss a field are refused with row and field', async () => {
    const { page } = await open(send(model()));
    await steps.load(page);
    await steps.give(page, 'Use items of your own', file([item]));
    await page.getByText('row 1, field response_low1').waitFor();
    await page.getByText('items.invalid').waitFor();
  });
});

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

  test('a GPU that fails the self-test is left, in plain words', async () => {
    const { page } = await open(send(model({ gpu: true, selfTest: 'fail' })));
    await steps.load(page);
    await page.getByText('The GPU gave wrong numbers, so the model now runs on the CPU').waitFor();
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
    assert.equal(await testState(page), 'current');
    const run = await steps.saveJson(page);
    assert.equal(run.cancelled, true);
    assert.ok(run.observations.length >= 14 && run.observations.length < 560);
    assert.ok(run.summary.scores.length > 0);
  });
});
