// The page's study of a meter and its reading of texts, with a double in the place of the wasm module.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { steps } from '../support.mjs';
import { model, open, send, setUp } from '../with-double.mjs';

setUp();

const step = page => page.locator('ts-monitor-step');
const begin = page => step(page).getByRole('button', { name: 'Read the meter and ask' }).click();

/** Opens the page with the double's model loaded. */
async function loaded(plan, query = '') {
  const watched = await open(send(model(plan)), { query });
  await steps.load(watched.page);
  await step(watched.page).getByRole('button', { name: 'Read the meter and ask' }).waitFor();
  return watched;
}

async function saved(page, name) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    step(page).getByRole('button', { name }).click(),
  ]);
  const record = JSON.parse(await readFile(await download.path(), 'utf8'));
  return { name: download.suggestedFilename(), record };
}

describe('the study of a meter', () => {
  test('says whether it follows the instruction or the item, with chart, tables and file', async () => {
    const { page, check } = await loaded({});
    await begin(page);
    await step(page).locator('[data-monitor=done]').waitFor();
    await step(page)
      .getByText(/it does not tell which items .* it follows the instruction, not the item/)
      .waitFor();
    await step(page).getByText('tells 83 of 100 pairs of texts apart').waitFor();
    // Sixteen items, as they are and under two instructions for either side; and three means.
    assert.equal(await step(page).locator('ts-monitor-chart circle.one').count(), 16);
    assert.equal(await step(page).locator('ts-monitor-chart polygon.one').count(), 4 * 16);
    assert.equal(await step(page).locator('ts-monitor-chart .mean').count(), 3);
    const table = step(page).getByRole('group', { name: 'Meter and answers under each instruction' });
    assert.equal(await table.locator('tbody tr').count(), 1 + 4 + 1);
    await step(page).getByText('Every answer as a table').click();
    assert.equal(
      await step(page).getByRole('group', { name: 'Every answer' }).locator('tbody tr').count(),
      5 * 16,
    );
    assert.match(await page.locator('[role=status]').textContent(), /The study has ended/);
    const { name, record } = await saved(page, 'Save the study');
    assert.match(name, /^traitscope-monitoring-agreeableness-.*\.json$/);
    assert.equal(record.format, 'traitscope-monitoring');
    assert.equal(record.result.rows.length, 5 * 16);
    assert.deepEqual(
      record.personas.map(persona => persona.name),
      ['high 1', 'low 1', 'high 2', 'low 2'],
    );
    check();
  });

  test('can be stopped, keeps what is done, and says so', async () => {
    const { page, check } = await loaded({ step: 60 });
    await step(page).getByRole('radio', { name: /^Full/ }).check();
    await begin(page);
    await step(page)
      .getByText(/[1-9]\d* of .* answers/)
      .waitFor();
    await step(page).getByRole('button', { name: 'Stop and keep what is done' }).click();
    await step(page).locator('[data-monitor=done]').waitFor();
    await step(page).getByText('The study ended early').waitFor();
    const { record } = await saved(page, 'Save the study');
    assert.ok(record.result.rows.length > 0 && record.result.rows.length < 11 * 16);
    check();
  });

  // First it is found out how well the direction tells texts apart, which takes seven forwards of the double.
  for (const [when, loseDeviceAfter, said] of [
    ['in the texts of its direction', 1, 'It begins again on the CPU'],
    ['at its first item', 8, 'The study goes on on the CPU'],
  ]) {
    test(`goes on on the CPU after a GPU that is lost ${when}`, async () => {
      const { page, check } = await loaded({ gpu: true, loseDeviceAfter });
      await begin(page);
      await step(page).locator('[data-monitor=done]').waitFor();
      await step(page).getByText(said).waitFor();
      const { record } = await saved(page, 'Save the study');
      assert.equal(record.result.rows.length, 5 * 16);
      assert.equal(record.separation, 0.83);
      check();
    });
  }

  test('loses no answer where the GPU goes in the middle, and has none twice', async () => {
    const { page, check } = await loaded({ gpu: true, loseDeviceAfter: 50 });
    await begin(page);
    await step(page).locator('[data-monitor=done]').waitFor();
    await step(page).getByText('The study goes on on the CPU').waitFor();
    const { record } = await saved(page, 'Save the study');
    assert.equal(new Set(record.result.rows.map(({ persona, item }) => `${persona} ${item}`)).size, 5 * 16);
    assert.equal(record.result.rows.length, 5 * 16);
    check();
  });
});

describe('texts of one’s own', () => {
  const texts = 'Why?\tBecause it is so and so.\nHow?\tSo.\nA text alone.';

  test('are ranked beside the model’s own answers, and saved', async () => {
    const { page, check } = await loaded({});
    await step(page).getByText('Texts of your own').click();
    const read = step(page).getByRole('button', { name: 'Read the texts' });
    assert.ok(await read.isDisabled());
    await step(page).getByLabel('Questions and answers').fill(texts);
    await read.click();
    await step(page).locator('[data-texts=done]').waitFor();
    // 2.4 and 0.3 against 1 and 1.
    await step(page)
      .getByText(/The answers lie 0\.35 standard deviations above the model’s own .* over 2 answers/)
      .waitFor();
    const rows = step(page)
      .getByRole('group', { name: /^Texts in the order/ })
      .locator('tbody tr');
    assert.match(await rows.nth(0).innerText(), /\+1\.40.*Because it is so/s);
    assert.match(await rows.nth(2).innerText(), /–.*A text alone/s);
    const { name, record } = await saved(page, 'Save the readings');
    assert.match(name, /^traitscope-difference-agreeableness-/);
    assert.equal(record.texts.length, 3);
    assert.equal(record.result.rows.length, 3);
    check();
  });

  test('come from a file too, and those that cannot be read are named', async () => {
    const { page, check } = await loaded({});
    await step(page).getByText('Texts of your own').click();
    const file = { name: 'own.tsv', mimeType: '', buffer: Buffer.from('Why?\t\n') };
    await steps.give(page, 'Or open a file of texts', file);
    const field = step(page).getByLabel('Questions and answers');
    await page.waitForFunction(area => area.value !== '', await field.elementHandle());
    await step(page).getByRole('button', { name: 'Read the texts' }).click();
    await step(page)
      .getByText(/text 1 is empty.*texts\.invalid/)
      .waitFor();
    // What was typed is still there to be mended.
    await field.fill(texts);
    await step(page).getByRole('button', { name: 'Read the texts' }).click();
    await step(page).locator('[data-texts=done]').waitFor();
    check();
  });
});
