// A model without a chat template, with a double in the place of the wasm module: it goes on from a text, which Steer says, and what would
// need a conversation is refused before anything is asked, with what to choose.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loaded, written } from '../steer-support.mjs';
import { steps } from '../support.mjs';
import { setUp } from '../with-double.mjs';

setUp();

const QUERY = '?device=cpu&workers=1&per_trait=1&gate=8&failing=ask';
const BASE = { chat: false };
const GOES_ON = 'This model was not trained to answer: it goes on from the text.';

describe('a model without a chat template', () => {
  test('goes on from the question in both texts, which is said', async () => {
    const { page, check } = await loaded(BASE, QUERY);
    await page.getByText(GOES_ON).waitFor();
    await page.getByRole('button', { name: 'Write both answers' }).click();
    await written(page);
    assert.match(await page.locator('[data-text=unsteered] .text').innerText(), /^ ?plain plain/);
    assert.equal(await page.locator('ts-notice[kind=bad]').count(), 0);
    check();
  });

  test('is given the test, which says in what form', async () => {
    const { page, check } = await loaded(BASE, QUERY);
    await steps.run(page);
    const run = await steps.saveJson(page);
    assert.deepEqual([run.cancelled, run.request.prompt_mode, run.items.ids.length], [false, 'auto', 8]);
    check();
  });

  test('is asked nothing as a conversation: test, study and meter say what to choose, and run once it is chosen', async () => {
    const { page, check } = await loaded(BASE, `${QUERY}&prompt=chat`);
    const [test, study, meter] = ['ts-test-step', 'ts-effect-step', 'ts-monitor-step'].map(name =>
      page.locator(name),
    );
    const begin = [
      [test, 'Run the test'],
      [study, 'Ask under every dose'],
      [meter, 'Read the meter and ask'],
    ];
    for (const [place, name] of begin) {
      await place.getByRole('button', { name, exact: true }).click();
      const notice = place.locator('ts-notice[kind=bad]', { hasText: 'request.invalid' });
      await notice.getByText('this model has no chat template; use the raw mode').waitFor();
    }
    assert.equal(await page.locator('[data-gate], [data-study=done], [data-monitor=done]').count(), 0);
    await page.getByText('Options', { exact: true }).click();
    await page.getByText('so it can only be asked in bare text').waitFor();
    await page.getByLabel('Form of the prompt').selectOption({ label: 'As bare text (base models)' });
    await steps.run(page);
    await study.getByRole('button', { name: 'Ask under every dose' }).click();
    await study.locator('[data-study=done]').waitFor();
    await meter.getByRole('button', { name: 'Read the meter and ask' }).click();
    await meter.locator('[data-monitor=done]').waitFor();
    assert.equal(await page.locator('ts-notice', { hasText: 'request.invalid' }).count(), 0);
    assert.equal((await steps.saveJson(page)).request.prompt_mode, 'raw');
    check();
  });
});

test('of a model with one neither is said', async () => {
  const { page } = await loaded({}, QUERY);
  await page.getByText('Options', { exact: true }).click();
  await page.getByLabel('Form of the prompt').waitFor();
  for (const said of [GOES_ON, 'can only be asked in bare text']) {
    assert.equal(await page.getByText(said).count(), 0, said);
  }
});
