// Studies of many settings: carried out, stopped, gone on with, put together. With the double.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  begun,
  ended,
  file,
  finished,
  give,
  noteAsked,
  QUERY,
  STUDY,
  saved,
  settingsFrom,
  start,
  step,
} from '../study-support.mjs';
import { steps } from '../support.mjs';
import { model, open, send, setUp } from '../with-double.mjs';

setUp();

test('a study of one’s own is carried out, shown and saved', async () => {
  const { page, check } = await begun();
  await step(page).getByText('Varied: 3 steps and 2 orders').waitFor();
  await step(page)
    .getByText(/: \d+ questions, at a first guess a few seconds\./)
    .waitFor();
  const size = await page.locator('[data-size]').getAttribute('data-size');
  await start(page);
  await ended(page);
  await page.locator('[data-summary="6"]').waitFor();
  const result = await saved(page);
  assert.equal(result.format, 'traitscope-study-result');
  assert.equal(result.answers.length, 6);
  // The double fails the letters, which are left out.
  assert.deepEqual(result.readouts, ['continuation']);
  assert.equal(result.answers.flatMap(({ values }) => values).length, Number(size));
  assert.equal(await page.locator('[data-ladder=Extraversion]').count(), 1);
  await page.locator('[data-scale]').first().getByText('0.71').waitFor();
  const csv = await steps.save(page, 'Save as a table (CSV)');
  const [heading, row] = csv.split('\r\n');
  assert.equal(
    heading,
    'model,model_sha256,setting,factor_step,factor_order,instrument,scale,item,readout,value',
  );
  assert.match(row, /,0,E1,forward,items,/);
  check();
});

test('the studies that come with the page can be chosen, and a single test is given as one', async () => {
  const { page, check } = await open(send(model()), { query: `${QUERY}&readouts=letters` });
  await steps.load(page);
  const choice = step(page).locator('select');
  await step(page).getByText('45 settings').first().waitFor();
  assert.equal(await choice.locator('option').count(), 7);
  await choice.selectOption({ label: 'Grid of settings' });
  await step(page).getByLabel('Settings to ask, of 2,500').fill('30');
  await page.keyboard.press('Tab');
  await step(page).getByText('30 settings').first().waitFor();
  await choice.selectOption({ label: 'Quick test' });
  await page.getByRole('button', { name: 'Give this test' }).click();
  await page.locator('[data-run=done]').waitFor();
  const { request } = await steps.saveJson(page);
  assert.deepEqual(request.readouts.toSorted(), ['continuation', 'letters']);
  assert.deepEqual(request.templates, ['T1']);
  check();
});

test('stopped and gone on with, a study is what it would have been', async () => {
  const { page, check } = await begun({ step: 40 });
  await start(page);
  await finished(page, 2);
  await page.getByRole('button', { name: 'Stop and keep what is done' }).click();
  await step(page).getByText('The study ended early').waitFor();
  const part = await saved(page);
  assert.ok(part.answers.length >= 2 && part.answers.length < 6);
  // Left a second time, it has each setting once.
  await page.getByRole('button', { name: 'Go on with it' }).click();
  await finished(page, part.answers.length + 1);
  await page.getByRole('button', { name: 'Stop and keep what is done' }).click();
  await step(page).getByText('The study ended early').waitFor();
  const more = await saved(page);
  await step(page).getByText(`Its answers under ${more.answers.length} settings are kept`).waitFor();
  await page.getByRole('button', { name: 'Go on with it' }).click();
  await page.locator('[data-summary="6"]').waitFor();
  const whole = await saved(page);
  assert.equal(whole.answers.length, 6);
  assert.deepEqual(whole.answers.slice(0, part.answers.length), part.answers);
  assert.equal(await page.getByRole('button', { name: 'Go on with it' }).count(), 0);
  check();
});

test('after a reload a study is found, and goes on once its model is loaded', async () => {
  const { page } = await begun({ step: 40 });
  await start(page);
  await finished(page, 2);
  await page.waitForTimeout(900);
  await page.reload();
  await steps.load(page);
  await step(page)
    .getByText(/“Six ways” with Double.135M, begun on .*, was not finished/)
    .waitFor();
  await page.getByRole('button', { name: 'Go on with it' }).click();
  await page.locator('[data-summary="6"]').waitFor();
  assert.equal((await saved(page)).answers.length, 6);
});

test('saved answers are put together, and what they hold is not asked again', async () => {
  const { page, check } = await begun();
  await start(page);
  await ended(page);
  const whole = await saved(page);
  const part = (from, to) => ({ ...whole, answers: whole.answers.slice(from, to) });
  await give(page, part(0, 2), 'one.json');
  await step(page).getByText('2 settings of them are answered').waitFor();
  // Anywhere on the page will do, and a setting that both have counts once.
  await steps.drop(page, 'two.json', JSON.stringify(part(1, 5)));
  await step(page).getByText('5 settings of them are answered').waitFor();
  await start(page);
  await page.locator('[data-settings=done]').waitFor();
  assert.deepEqual((await saved(page)).answers, whole.answers);
  check();
});

test('saved answers that come together are joined, and what is of another study is named', async () => {
  const { page, check } = await begun();
  await start(page);
  await ended(page);
  const whole = await saved(page);
  const part = (from, to) => JSON.stringify({ ...whole, answers: whole.answers.slice(from, to) });
  const other = { ...whole, study: { ...whole.study, name: 'Other ways', seed: 2 } };
  const files = { 'one.json': part(0, 2), 'other.json': JSON.stringify(other), 'broken.json': '' };
  // The study may come with the answers to it, in any order.
  await steps.dropAll(page, { ...files, 'own.json': JSON.stringify(STUDY), 'two.json': part(1, 4) });
  await step(page).getByText('4 settings of them are answered').waitFor();
  await step(page).locator('ts-notice', { hasText: '“other.json”: it is of another study' }).waitFor();
  // An empty file says nothing of what it was meant to be.
  await page.locator('ts-test-step ts-notice', { hasText: '“broken.json”' }).waitFor();
  await steps.give(page, 'Use a study of your own', [
    file('three.json', JSON.parse(part(3, 5))),
    { name: 'cut.json', mimeType: '', buffer: Buffer.from('{"format": "traitscope-study-result", ') },
  ]);
  await step(page).getByText('5 settings of them are answered').waitFor();
  await step(page).locator('ts-notice', { hasText: '“cut.json”' }).getByText('study.invalid').waitFor();
  await start(page);
  await ended(page);
  assert.deepEqual((await saved(page)).answers, whole.answers);
  check();
});

test('answers from a file are kept with a study that is left, and are not asked again', async () => {
  const { page, check } = await begun({ step: 40 });
  await start(page);
  await finished(page, 2);
  await page.getByRole('button', { name: 'Stop and keep what is done' }).click();
  await step(page).getByText('The study ended early').waitFor();
  const result = await saved(page);
  // Values that the model would not give tell them from answers that were asked anew.
  const answers = result.answers.slice(0, 2).map(each => ({
    ...each,
    values: each.values.map(value => ({ ...value, value: 40 + each.setting })),
  }));
  await give(page, { ...result, answers }, 'part.json');
  await step(page).getByText('2 settings of them are answered').waitFor();
  await start(page);
  await finished(page, 3);
  await page.waitForTimeout(900);
  await noteAsked(page);
  await page.reload();
  await steps.load(page);
  const left = step(page).getByText(/Its answers under [3-5] settings are kept/);
  const [, kept] = /under (\d) settings/.exec(await left.textContent());
  await page.getByRole('button', { name: 'Go on with it' }).click();
  await ended(page);
  assert.deepEqual([...new Set(await page.evaluate(() => window.asked))], settingsFrom(Number(kept)));
  await page.locator('[data-summary="6"]').waitFor();
  const whole = await saved(page);
  assert.deepEqual(
    whole.answers.map(({ setting }) => setting),
    [0, 1, 2, 3, 4, 5],
  );
  assert.deepEqual(whole.answers.slice(0, 2), answers);
  // The one that was stopped first is still there, until it is forgotten.
  await page.getByText(/Its answers under [2-4] settings are kept/).waitFor();
  await page.getByRole('button', { name: 'Forget it' }).click();
  await page.getByText('was not finished').waitFor({ state: 'detached' });
  check();
});

test('a lost GPU costs no setting', async () => {
  const { page } = await begun({ gpu: true, loseDeviceAfter: 5 }, '?workers=1');
  await start(page);
  await ended(page);
  await page.locator('[data-summary="6"]').waitFor();
  assert.equal((await saved(page)).device.kind, 'cpu');
});

test('what is no study is refused, and the one that was chosen stays', async () => {
  const { page } = await begun();
  await give(page, { ...STUDY, format: 'traitscope-study', settings: 7 });
  await step(page).getByText('study.invalid').waitFor();
  await steps.drop(page, 'broken.json', '{"format": "traitscope-study-result", ');
  await step(page).getByText('study.invalid').waitFor();
});
