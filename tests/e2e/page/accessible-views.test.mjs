// What axe finds in views that a visitor comes to on the way: studies, comparisons, the class, statements, free answers, forms, errors,
// large type and German, all unfolded, wide and light, narrow and dark; and that none is wider than its window.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from '../axe.mjs';
import { makeDirection } from '../steer-support.mjs';
import { file, give, heldAgainstAnother, STUDY, step } from '../study-support.mjs';
import { go, PLACES, steps } from '../support.mjs';
import { model, open, send, setUp } from '../with-double.mjs';

setUp();

const SMALL = '?device=cpu&workers=1&per_trait=5&readouts=continuation&gate=8';

/** The page with one place at a time and the model loaded. */
async function loaded(query, plan = {}) {
  const opened = await open(send(model(plan)), { place: '', query });
  await steps.load(opened.page);
  return opened;
}

const run = async page => {
  await go(page, 'test');
  await steps.run(page);
  await go(page, 'results');
};

test('no fault in a study of settings, and in two held against each other', async () => {
  const { page, check } = await loaded('?device=cpu&workers=1');
  const found = [];
  await go(page, 'test');
  await give(page, STUDY);
  await step(page).getByText('6 settings').first().waitFor();
  await judge(page, 'study, chosen', found);
  await heldAgainstAnother(page);
  await judge(page, 'studies, compared', found);
  assert.deepEqual(found, []);
  check();
});

test('no fault in a comparison of tests, and in a class', async () => {
  const { page, check } = await loaded(SMALL);
  const found = [];
  await run(page);
  const json = await steps.save(page, 'Save the results');
  const mine = JSON.parse(json);
  const observations = mine.observations.map((row, i) =>
    row.trait === 'Openness' ? { ...row, d: row.d + 1 + (i % 3) / 100 } : row,
  );
  const names = { name: 'Other 1B', sha256: 'e'.repeat(64) };
  await steps.drop(
    page,
    'o.json',
    JSON.stringify({ ...mine, model: { ...mine.model, ...names }, observations }),
  );
  await page.locator('ts-comparison').waitFor();
  await judge(page, 'tests, compared', found);
  const own = await steps.save(page, 'Save for the class (numbers only)');
  await steps.dropAll(page, { 'a.json': own, 'b.json': own, 'c.json': own });
  await page.locator('[data-class]').waitFor();
  await judge(page, 'class', found);
  assert.deepEqual(found, []);
  check();
});

test('no fault in an inventory of statements, and in free answers', async () => {
  const { page, check } = await loaded(`${SMALL}&inventory=ipip-neo-120.en`);
  const found = [];
  await go(page, 'test');
  await judge(page, 'inventory, chosen', found);
  await run(page);
  await page.getByText('How often does it not answer at all?').click();
  await page.getByRole('button', { name: 'Have it answer in words' }).click();
  await page.locator('[data-refused]').waitFor();
  await judge(page, 'inventory, answered', found);
  assert.deepEqual(found, []);
  check();
});

test('no fault in what studies of pushes show, and in own texts and directions', async () => {
  const { page, check } = await loaded('?device=cpu&workers=1');
  const found = [];
  await go(page, 'steer');
  await page.getByRole('button', { name: 'Write both answers' }).click();
  await page.locator('[data-text=steered][data-done=length]:visible').waitFor();
  await page.getByText('Every layer at once').click();
  await page.getByRole('button', { name: 'Read the steered answer' }).click();
  await page.locator('ts-layer-map').waitFor();
  const effect = page.locator('ts-effect-step');
  for (const kind of [/^Full/, /^Every direction/, /^How far/]) {
    await effect.getByRole('radio', { name: kind }).check();
    await effect.locator('button[data-next]').click();
    await effect.locator('[data-study=done]').waitFor();
    await judge(page, `steer, ${kind.source.slice(1)}`, found);
  }
  await makeDirection(page);
  await judge(page, 'steer, own direction', found);
  assert.deepEqual(found, []);
  check();
});

test('no fault in what a visitor is told of errors, and in forms and helps', async () => {
  const { page, check } = await open(send(model()), { place: '', query: '?device=cpu&gate=99' });
  const found = [];
  await steps.give(page, 'Open a model file', file('wrong.gguf', 'hello'));
  await page.getByText('gguf.magic').waitFor();
  await page.getByRole('button', { name: 'A short tour' }).click();
  await page.getByRole('complementary', { name: 'Tour' }).waitFor();
  await judge(page, 'tour and errors', found);
  await page.getByRole('button', { name: 'End the tour' }).click();
  await steps.load(page);
  await go(page, 'test');
  await steps.give(page, 'items', file('items.json', [{ situation: 'S.' }]));
  await page.getByText('items.invalid').waitFor();
  await judge(page, 'test, refused items', found);
  await go(page, 'steer');
  await judge(page, 'steer, forms', found);
  await go(page, 'monitor');
  await judge(page, 'monitor, forms', found);
  await go(page, 'about');
  await judge(page, 'about, unfolded', found);
  await go(page, 'test');
  await steps.run(page);
  await go(page, 'results');
  await page
    .getByRole('button', { name: /^What is meant/ })
    .first()
    .click();
  await judge(page, 'results, a help', found);
  assert.deepEqual(found, []);
  check();
});

for (const [what, query, load] of [
  ['large type', '&show=large', 'Only load it'],
  ['German', '&lang=de', 'Nur laden'],
]) {
  test(`no fault in any place in ${what}`, async () => {
    const { page, check } = await open(send(model()), { place: '', query: `${SMALL}${query}` });
    const found = [];
    for (const place of PLACES) {
      await go(page, place);
      await judge(page, `${what}, ${place}, no model`, found);
    }
    await go(page, 'model');
    await page.getByRole('button', { name: load }).click();
    await steps.ready(page);
    await go(page, 'test');
    await page.locator('ts-test-step button.primary').click();
    await steps.ended(page, 'done', 60_000);
    for (const place of PLACES) {
      await go(page, place);
      await judge(page, `${what}, ${place}`, found);
    }
    assert.deepEqual(found, []);
    check();
  });
}
