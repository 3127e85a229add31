// Free answers: written, counted, stopped, saved. With the double.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { steps } from '../support.mjs';
import { model, now, open, send, setUp } from '../with-double.mjs';

setUp();

const QUERY = '?device=cpu&per_trait=1&gate=8&templates=T1&workers=1';
const part = page => page.locator('ts-free-answers');
const tested = async (plan = {}, query = QUERY) => {
  const opened = await open(send(model(plan)), { query });
  await steps.load(opened.page);
  await steps.run(opened.page);
  await part(opened.page).getByText('How often does it not answer at all?').click();
  return opened;
};
const begin = page => page.getByRole('button', { name: 'Have it answer in words' }).click();

test('the items are answered in words, and what names no option is counted', async () => {
  const { page, check } = await tested();
  await part(page).getByLabel('Answers to each question').selectOption('2');
  await part(page).getByText('32 answers').waitFor();
  await begin(page);
  await page.locator('[data-refused]').waitFor();
  await part(page).getByText('Asked twice, 75% of 8 items come out the same (r = +0.50).').waitFor();
  await part(page).getByText('What it wrote').click();
  await part(page).getByText('I would rather not say.').first().waitFor();
  const saved = JSON.parse(await steps.save(page, 'Save the answers'));
  assert.equal(saved.format, 'traitscope-free-answers');
  assert.equal(saved.result.answers.length, 32);
  const refused = saved.result.answers.filter(({ choice }) => choice === null).length;
  assert.ok(refused > 0 && refused < 32);
  await part(page).getByText(`${refused} answers of 32 name none of the options`).waitFor();
  const { templates, layouts, samples } = saved.request;
  assert.deepEqual(
    { templates, layouts, samples },
    { templates: ['T1'], layouts: ['forward', 'reversed'], samples: 2 },
  );
  check();
});

test('several instances give the answers of one, in the order of the items', async () => {
  const answers = [];
  for (const workers of [1, 2]) {
    const { page, check } = await tested(
      { step: 5 },
      `?device=cpu&per_trait=2&gate=8&templates=T1&workers=${workers}`,
    );
    await begin(page);
    await page.locator('[data-refused]').waitFor();
    answers.push(JSON.parse(await steps.save(page, 'Save the answers')).result);
    check();
    await now.browser.close();
    await now.server.close();
  }
  assert.equal(answers[0].answers.length, 32);
  assert.deepEqual(answers[1], answers[0]);
});

test('statements are answered in words too', async () => {
  const { page, check } = await tested(
    {},
    '?device=cpu&inventory=ipip-neo-120.en&per_trait=2&gate=8&templates=T1&workers=2',
  );
  await part(page).getByText('20 answers').waitFor();
  await begin(page);
  await part(page).getByRole('columnheader', { name: 'Mean points' }).waitFor();
  await part(page).getByText('What it wrote').click();
  await part(page).getByText('4 of 5').first().waitFor();
  const { result, inventory } = JSON.parse(await steps.save(page, 'Save the answers'));
  assert.deepEqual([result.answers.length, result.ratings.length], [0, 20]);
  assert.equal(result.summary.items, null);
  assert.deepEqual([inventory.name, inventory.statements], ['IPIP-NEO-120', 10]);
  check();
});

test('stopped, what was answered is counted', async () => {
  const { page } = await tested({ step: 60 });
  await begin(page);
  await part(page)
    .getByText(/[1-9]\d* of 16 answers/)
    .waitFor();
  await page.getByRole('button', { name: 'Stop and keep what is done' }).click();
  await part(page).getByText('It was stopped early').waitFor();
  const { result } = JSON.parse(await steps.save(page, 'Save the answers'));
  assert.ok(result.answers.length > 0 && result.answers.length < 16 && result.cancelled);
});
