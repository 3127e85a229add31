// The page in a real browser, with a double in the place of the wasm module: the main job, and the settings of an address.
// model.test.mjs is about real numbers.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { steps } from '../support.mjs';
import { model, now, open, send, setUp } from '../with-double.mjs';

setUp();

describe('the main job', () => {
  test('load and run with one button, read, save: from any sub-path, under the policy, without third parties', async () => {
    const double = model();
    const { page, check } = await open(send(double), { query: '?per_trait=5' });
    await page.getByText('The test has 40 items.').waitFor();
    await steps.loadAndRun(page);
    await page.getByText('On these items the model answers like').waitFor();
    assert.equal(await page.locator('ts-test-step ts-step').getAttribute('state'), 'done');
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
