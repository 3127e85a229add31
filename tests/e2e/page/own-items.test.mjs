// Items of the user's own, with a double in the place of the wasm module: asked as they are, or refused with what to do.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { steps } from '../support.mjs';
import { model, open, send, setUp } from '../with-double.mjs';

setUp();

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
