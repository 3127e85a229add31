// Studies of many settings: carried out, stopped, gone on with, put together. With the double.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { steps } from './support.mjs';
import { model, open, send, setUp } from './with-double.mjs';

setUp();

const QUERY = '?device=cpu&workers=1';

/** A study of three personas in two orders, with a ladder of three steps. */
const STUDY = {
  format: 'traitscope-study',
  format_version: 1,
  name: 'Six ways',
  description: 'Three steps and two orders.',
  items: { per_trait: 2 },
  readouts: ['continuation', 'letters'],
  gate: 8,
  seed: 1,
  factors: [
    {
      name: 'step',
      levels: [1, 2, 3].map(rank => ({
        name: `E${rank}`,
        system: `You are E${rank}.`,
        trait: 'Extraversion',
        rank,
      })),
    },
    {
      name: 'order',
      levels: [
        { name: 'forward', layouts: ['forward'] },
        { name: 'reversed', layouts: ['reversed'] },
      ],
    },
  ],
};
const file = (name, content) => ({
  name,
  mimeType: 'application/json',
  buffer: Buffer.from(JSON.stringify(content)),
});
const give = (page, content, name = 'own.json') =>
  steps.give(page, 'Use a study of your own', file(name, content));
const step = page => page.locator('ts-settings-step');
const start = page => page.getByRole('button', { name: 'Carry out the study' }).click();
const ended = page => page.locator('[data-settings=done]').waitFor();
const saved = async page => JSON.parse(await steps.save(page, 'Save the answers'));
/** Waits until so many settings are finished, while the study goes on. */
const finished = async (page, count) => {
  for (;;) {
    const done = await page.locator('[data-finished]').getAttribute('data-finished');
    if (Number(done) >= count) return;
    await page.waitForTimeout(20);
  }
};

async function begun(plan = {}, query = QUERY) {
  const opened = await open(send(model(plan)), { query });
  await steps.load(opened.page);
  await give(opened.page, STUDY);
  await step(opened.page).getByText('6 settings').first().waitFor();
  return opened;
}

test('a study of one’s own is carried out, shown and saved', async () => {
  const { page, check } = await begun();
  await step(page).getByText('Varied: 3 steps and 2 orders').waitFor();
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

test('the studies that come with the page can be chosen, and a single test is given in step 2', async () => {
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
  await page.getByRole('button', { name: 'Give this test in step 2' }).click();
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
  await page.getByRole('button', { name: 'Go on with it' }).click();
  await page.locator('[data-summary="6"]').waitFor();
  const whole = await saved(page);
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

test('saved answers of another model are not put together with this one’s', async () => {
  const { page } = await begun();
  await start(page);
  await ended(page);
  const other = { ...(await saved(page)), model_sha256: 'f'.repeat(64) };
  await give(page, other, 'other.json');
  await step(page).getByText('6 settings of them are answered').waitFor();
  await start(page);
  await page.locator('[data-settings=failed]').waitFor();
  await step(page).getByText('of another model file, and cannot be put together').waitFor();
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
