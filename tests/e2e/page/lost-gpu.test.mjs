// A GPU that is lost late, when much of a study is done: what is done is kept, the study goes on or begins again on the CPU by itself, and
// where there is no way to the CPU either, what there is can be saved and the page says what to do. With the double.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { steps } from '../support.mjs';
import { model, open, send, setUp } from '../with-double.mjs';

setUp();

const study = page => page.locator('ts-effect-step');
const meter = page => page.locator('ts-monitor-step');
const words = page => page.locator('ts-free-answers');

/** The page with a model on a GPU that is lost after so many forwards of a study. */
async function loaded(plan, query = '') {
  const opened = await open(send(model({ gpu: true, ...plan })), {
    query: `?workers=1&per_trait=1&gate=8&templates=T1${query}`,
  });
  await steps.load(opened.page);
  return opened;
}

/** Begins a study of Steer of that kind. */
async function begin(page, kind) {
  await study(page).getByRole('radio', { name: kind }).check();
  await study(page).locator('button[data-next]').click();
}

/** Begins to have the items of a test answered in words. */
async function beginWords(page) {
  await steps.run(page);
  await words(page).getByText('How often does it not answer at all?').click();
  await words(page).getByLabel('Answers to each question').selectOption('2');
  await page.getByRole('button', { name: 'Have it answer in words' }).click();
}

/** Begins to read texts of one’s own. */
async function beginTexts(page) {
  await meter(page).getByText('Texts of your own').click();
  await meter(page).getByLabel('Questions and answers').fill(TEXTS);
  await meter(page).getByRole('button', { name: 'Read the texts' }).click();
}

const TEXTS = 'Why?\tBecause it is so.\nHow?\tSo.\nWhen?\tThen, and not before.\nWho?\tI.';

const saved = async (page, name) => JSON.parse(await steps.save(page, name));

/** That every condition has every item once, in the order of the items. */
function whole({ result, items }) {
  assert.equal(result.cancelled, false);
  for (const rows of result.observations)
    assert.deepEqual(
      rows.map(({ item }) => item),
      items.ids,
    );
}

describe('a GPU that is lost late', () => {
  for (const [what, kind, loseDeviceAfter, query] of [
    ['a direction under every dose', /^Short/, 6, ''],
    ['a direction whose layer was chosen before', /^Short/, 12, '&sweep=1'],
    ['every direction on every trait', /^Every direction/, 30, ''],
  ]) {
    test(`costs no answer of the study of ${what}, which goes on on the CPU`, async () => {
      const { page, check } = await loaded({ loseDeviceAfter }, query);
      await begin(page, kind);
      await study(page).locator('[data-study=done]').waitFor();
      await study(page).getByText('The study goes on on the CPU').waitFor();
      const record = await saved(page, 'Save the study');
      whole(record);
      assert.ok(record.items.ids.length * (query === '' ? 1 : 2) > loseDeviceAfter, 'it was lost on the way');
      assert.equal((record.chosen ?? null) !== null, query !== '');
      assert.equal(await page.locator('[data-to-cpu]').count(), 0);
      check();
    });
  }

  test('costs no answer in words', async () => {
    const { page, check } = await loaded({ loseDeviceAfter: 28 });
    await beginWords(page);
    await words(page).getByText('The study goes on on the CPU').waitFor();
    await words(page).locator('[data-refused]').waitFor();
    const { answers, cancelled } = (await saved(page, 'Save the answers')).result;
    assert.equal(cancelled, false);
    const asked = answers.map(({ item, template, layout, sample }) =>
      [item, template, layout, sample].join(),
    );
    assert.equal(new Set(asked).size, 32);
    assert.equal(asked.length, 32);
    check();
  });

  test('has the texts under every dose begin again on the CPU', async () => {
    const { page, check } = await loaded({ loseDeviceAfter: 40 });
    await begin(page, /^How far/);
    await study(page).locator('[data-study=done]').waitFor();
    await study(page).getByText('It begins again on the CPU').waitFor();
    const { result } = await saved(page, 'Save the study');
    assert.equal(result.cancelled, false);
    assert.deepEqual(
      result.texts.map(texts => texts.length),
      Array.from({ length: 9 }, () => 8),
    );
    check();
  });

  test('has the reading of texts of one’s own begin again on the CPU', async () => {
    const { page, check } = await loaded({ loseDeviceAfter: 3 });
    await beginTexts(page);
    await meter(page).locator('[data-texts=done]').waitFor();
    await meter(page).getByText('It begins again on the CPU').waitFor();
    const { result } = await saved(page, 'Save the readings');
    assert.equal(result.cancelled, false);
    assert.deepEqual(result.rows.map(({ index }) => index).toSorted(), [0, 1, 2, 3]);
    check();
  });
});

describe('a GPU that is lost late where the CPU has no room for the model', () => {
  const lost = { breakOn: 'cpu' };

  /** What is said, with the way that is left: another try on the CPU. */
  async function told(place) {
    const notice = place.locator('ts-notice[kind=bad]', { hasText: 'device.memory' });
    await notice.getByText('Choose a smaller model').waitFor();
    await place.locator('[data-to-cpu]').waitFor();
  }

  test('leaves the finished items of a study, to be saved', async () => {
    const { page } = await loaded({ ...lost, loseDeviceAfter: 6 });
    await begin(page, /^Short/);
    await told(study(page));
    await study(page).getByText('The study ended early').waitFor();
    const { result, error, items } = await saved(page, 'Save the study');
    assert.equal(error.code, 'device.memory');
    assert.equal(result.cancelled, true);
    for (const rows of result.observations)
      assert.deepEqual(
        rows.map(({ item }) => item),
        items.ids.slice(0, 4),
      );
  });

  test('leaves the finished answers in words, to be saved', async () => {
    const { page } = await loaded({ ...lost, loseDeviceAfter: 28 });
    await beginWords(page);
    await told(words(page));
    const { result, error } = await saved(page, 'Save the answers');
    assert.equal(error.code, 'device.memory');
    assert.equal(result.answers.length, 16);
  });

  test('leaves the texts of one’s own where they were typed, to be read again', async () => {
    const { page } = await loaded({ ...lost, loseDeviceAfter: 3 });
    await beginTexts(page);
    await told(meter(page));
    const field = meter(page).getByLabel('Questions and answers');
    assert.equal(await field.inputValue(), TEXTS);
    const [one] = TEXTS.split('\n');
    await field.fill(one);
    await meter(page).getByRole('button', { name: 'Read the texts' }).click();
    await meter(page).locator('[data-texts=done]').waitFor();
    assert.equal((await saved(page, 'Save the readings')).result.rows.length, 1);
  });
});
