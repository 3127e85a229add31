// What is deleted can be had back, and what cannot be had back is asked for first: with keys, for eyes and ears.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from '../axe.mjs';
import { pressByKey, tabTo, walkByTab } from '../keyboard.mjs';
import { give, STUDY, start } from '../study-support.mjs';
import { allPlaces, go, steps } from '../support.mjs';
import { model, now, open, reached, send, setUp, storedFiles } from '../with-double.mjs';

setUp();

const QUERY = '?device=cpu&per_trait=1&readouts=continuation&gate=8&workers=1';

/** What is said of something that was done at once. */
const says = (page, text) => page.locator('[aria-live=polite]', { hasText: text }).waitFor();
/** Waits until the control that has the focus is called so. */
const focused = (page, name) => page.locator('button:focus', { hasText: name }).waitFor();
const undo = page => page.getByRole('button', { name: /^Undo/ });

async function anew(page) {
  await page.goto('about:blank');
  await page.goto(now.server.url + allPlaces(QUERY));
}

/** The page with one place at a time, and two results kept. */
async function twoResults() {
  const { page } = await open(send(model()), { place: '', query: QUERY });
  await steps.load(page);
  for (let i = 1; i <= 2; i += 1) {
    await go(page, 'test');
    await steps.run(page);
    await page.locator(`[data-earlier="${i}"]`).waitFor({ state: 'attached' });
  }
  await go(page, 'results');
  await page.locator('[data-earlier] summary').click();
  return page;
}

test('a result that was deleted can be had back where it stood, by keys, until the page is left', async () => {
  const page = await twoResults();
  const titles = () => page.locator('ts-earlier li').allInnerTexts();
  const before = await titles();
  await pressByKey(page, /^Delete: double-items/);
  await page.locator('[data-earlier="1"]').waitFor();
  await says(page, 'Deleted: double-items, Double 135M');
  await focused(page, 'Undo');
  // The line stands where the result did.
  assert.match(
    (await titles())[0],
    /^Deleted: double-items.*It can be had back as long as this page stays open/s,
  );
  const found = [];
  await judge(page, 'results, one deleted', found);
  assert.deepEqual(found, []);
  await walkByTab(page, 'results, one deleted');

  await tabTo(page, /^Undo: double-items/);
  await page.keyboard.press('Enter');
  await page.locator('[data-earlier="2"]').waitFor();
  await says(page, 'Kept again: double-items, Double 135M');
  await focused(page, 'Open');
  assert.deepEqual(await titles(), before);
  await page
    .getByRole('button', { name: /^Open: / })
    .first()
    .click();
  await page.locator('[data-report="1"]').waitFor();

  // In the database it is deleted at once: whoever leaves does not have to wait for anything.
  await page
    .getByRole('button', { name: /^Delete: / })
    .first()
    .click();
  await undo(page).waitFor();
  await anew(page);
  await page.locator('[data-earlier="1"]').waitFor({ state: 'attached' });
  assert.equal(await undo(page).count(), 0);
});

test('where a result cannot be put back the page says so, and it can be saved', async () => {
  const page = await twoResults();
  await page
    .getByRole('button', { name: /^Delete: / })
    .first()
    .click();
  await undo(page).waitFor();
  await page.evaluate(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await undo(page).click();
  await page.getByText('storage.results').waitFor();
  await undo(page).waitFor();
  const saved = JSON.parse(await steps.save(page, 'Save 1 result as a file'));
  assert.equal(saved.format, 'traitscope-run');
});

test('all results are deleted only by whoever says yes; Escape and the other button keep them', async () => {
  const page = await twoResults();
  const question = page.getByRole('group', { name: 'Delete 2 results for good?' });
  await pressByKey(page, /^Delete all of them$/);
  await question.waitFor();
  await focused(page, 'No, keep');
  const found = [];
  await judge(page, 'results, asked to delete all', found);
  assert.deepEqual(found, []);
  await page.getByRole('button', { name: 'No, keep' }).focus();
  await page.keyboard.press('Escape');
  await question.waitFor({ state: 'detached' });
  await focused(page, 'Delete all of them');
  // Twice in the same place: the second press meets what keeps them.
  await page.keyboard.press('Enter');
  await focused(page, 'No, keep');
  await page.keyboard.press('Enter');
  await question.waitFor({ state: 'detached' });
  assert.equal(await page.locator('[data-earlier="2"]').count(), 1);
  await page.getByRole('button', { name: 'Delete all of them' }).dblclick();
  assert.equal(await page.locator('[data-earlier="2"]').count(), 1);
  // As where the answer comes to stand under a pointer that presses twice.
  await page.getByRole('button', { name: 'Yes, delete' }).hover();
  await page.mouse.down({ clickCount: 2 });
  await page.mouse.up({ clickCount: 2 });
  await page.waitForTimeout(300);
  assert.equal(await page.locator('[data-earlier="2"]').count(), 1);
  await page.getByRole('button', { name: 'Yes, delete' }).click();
  await page.locator('[data-earlier]').waitFor({ state: 'detached' });
  await says(page, 'All that was kept is deleted');
});

/** A test that was begun and stopped. */
async function stopped(page) {
  await page.getByRole('button', { name: /^Run the test/ }).click();
  await reached(page, 1);
  await page.getByRole('button', { name: 'Stop and keep what is done' }).click();
  await page.locator('[data-run=done]').waitFor({ state: 'attached' });
  if (!page.url().includes('view=all')) await go(page, 'test');
  await page.getByText('was not finished').waitFor();
}

test('a test that was forgotten can be had back with all its answers', async () => {
  const { page } = await open(send(model({ step: 250 })), { place: '', query: QUERY });
  await steps.load(page);
  await go(page, 'test');
  await stopped(page);
  const [, kept] = /answers to (\d+) of 8/.exec(await page.getByText('was not finished').innerText());
  await pressByKey(page, /^Forget it$/);
  await page.getByText('was not finished').waitFor({ state: 'detached' });
  await says(page, 'Forgotten: test of Double 135M, begun on');
  await focused(page, 'Undo');
  const found = [];
  await judge(page, 'test, one forgotten', found);
  assert.deepEqual(found, []);
  await walkByTab(page, 'test, one forgotten');

  await tabTo(page, /^Undo: test of Double 135M/);
  await page.keyboard.press('Enter');
  await page.getByText(`Its answers to ${kept} of 8 items are kept`).waitFor();
  await says(page, 'Kept again: test of Double 135M');
  await focused(page, 'Forget it');
  assert.equal(await undo(page).count(), 0);
  // It is in the storage again, not on the page alone.
  await page.reload();
  await page.getByText(`Its answers to ${kept} of 8 items are kept`).waitFor();
  await go(page, 'model');
  await steps.load(page);
  await go(page, 'test');
  await page.getByRole('button', { name: 'Go on with it' }).click();
  await page.locator('[data-run=done]').waitFor({ state: 'attached' });
  await go(page, 'results');
  assert.equal((await steps.saveJson(page)).resumed, Number(kept));
});

test('two tests that were forgotten one after the other come back each by itself', async () => {
  const { page } = await open(send(model({ step: 250 })), { query: QUERY });
  await steps.load(page);
  await stopped(page);
  await stopped(page);
  await page.getByText('Older ones are kept too (1)').waitFor();
  await page.getByRole('button', { name: 'Forget it' }).click();
  await page.getByText('Older ones are kept too').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Forget it' }).click();
  await page.getByText('was not finished').waitFor({ state: 'detached' });
  assert.equal(await undo(page).count(), 2);
  await undo(page).last().click();
  await page.getByText('was not finished').waitFor();
  await undo(page).click();
  await page.getByText('Older ones are kept too (1)').waitFor();
});

test('what another tab is at is not forgotten under its hands', async () => {
  const { page } = await open(send(model({ step: 600 })), { query: QUERY });
  await steps.load(page);
  await stopped(page);
  const other = await now.browser.context.newPage();
  await other.goto(now.server.url + allPlaces(QUERY));
  await other.getByText('was not finished').waitFor();
  await page.getByRole('button', { name: 'Go on with it' }).click();
  await page.locator('[data-items-done]').waitFor();
  await other.getByRole('button', { name: 'Forget it' }).click();
  await other.getByText('was not finished').waitFor({ state: 'detached' });
  assert.equal(await undo(other).count(), 0);
  await reached(page, 3);
  await page.waitForTimeout(700);
  await page.close();
  await other.reload();
  await other.getByText(/Its answers to [3-8] of 8 items are kept/).waitFor();
});

test('a study that was forgotten can be had back with all its answers', async () => {
  const { page } = await open(send(model({ step: 60 })), { query: '?device=cpu&workers=1' });
  await steps.load(page);
  await give(page, STUDY);
  await start(page);
  await page.locator('[data-finished="2"], [data-finished="3"]').first().waitFor();
  await page.getByRole('button', { name: 'Stop and keep what is done' }).click();
  const left = page.getByText(/Its answers under \d settings are kept/);
  const before = await left.innerText();
  await page.getByRole('button', { name: 'Forget it' }).click();
  await left.waitFor({ state: 'detached' });
  await says(page, /Forgotten: “.*” with Double 135M, begun on/);
  await focused(page, 'Undo');
  await page.keyboard.press('Enter');
  await left.waitFor();
  assert.equal(await left.innerText(), before);
  await focused(page, 'Forget it');
  await page.reload();
  await steps.load(page);
  await left.waitFor();
  assert.equal(await left.innerText(), before);
});

test('stored models are listed while one is loaded, which is marked and cannot be deleted under the test', async () => {
  const double = model({ step: 60 }, 1_200_000);
  const [entry] = double.catalogue.models;
  const other = model({ step: 1, other: true }, 2_400_000);
  const second = { ...entry, id: 'second', name: 'Second 1B', file: 'second.gguf' };
  const models = [entry, { ...second, bytes: other.bytes.length, sha256: other.sha256 }];
  const routes = {
    ...send(double, { catalogued: { ...double.catalogue, models } }),
    'models/second.gguf': (_, response) =>
      response.writeHead(200, { 'content-length': other.bytes.length }).end(other.bytes),
  };
  const { page } = await open(routes, { query: `${QUERY}&model=second` });
  const change = page.getByRole('button', { name: 'Change model' });
  await steps.load(page);
  await change.click();
  await page.locator('label[for=choose-double]').click();
  await steps.load(page);
  const list = page.locator('ts-stored-models');
  await list.getByText('Kept on this computer (3.6 MB)').click();
  await list.getByText('The models take 3.6 MB').waitFor();
  const loaded = list.locator('[data-loaded=true]');
  await loaded.getByText('loaded now; to delete it, press “Change model” first').waitFor();
  assert.match(await loaded.innerText(), /^Double 135M 1.2 MB/);
  assert.equal(await list.getByRole('button', { name: /^Delete / }).count(), 1);
  // The other one goes while a test runs, which goes on.
  await page.getByRole('button', { name: 'Run the test', exact: true }).click();
  await reached(page, 1);
  await list.getByRole('button', { name: 'Delete Second 1B' }).click();
  await list.getByRole('button', { name: 'Yes, delete' }).click();
  await list.getByText('Kept on this computer (1.2 MB)').waitFor();
  await list.locator('summary:focus').waitFor();
  assert.deepEqual(await storedFiles(page), [`${double.sha256}.gguf`, `${double.sha256}.json`]);
  await steps.ended(page, 'done', 60_000);

  // A file of one's own is not read from there: with it loaded, what is stored may go.
  await steps.drop(page, 'own.gguf', 'GGUF{"step":1}');
  await page.locator('ts-model-step').getByText('own.gguf', { exact: true }).waitFor();
  await steps.ready(page);
  await list.getByText('Kept on this computer (1.2 MB)').click();
  await list.getByRole('button', { name: 'Delete Double 135M' }).click();
  await list.getByRole('button', { name: 'Yes, delete' }).click();
  await list.locator('details').waitFor({ state: 'detached' });
  await page.locator('ts-model-step a:focus').waitFor();
  assert.deepEqual(await storedFiles(page), []);
});

test('a stored model is deleted only by whoever says yes, told how much would have to come again', async () => {
  const double = model({}, 1_200_000);
  const { page } = await open(send(double), { place: '', query: QUERY });
  await steps.load(page);
  await page.getByRole('button', { name: 'Change model' }).click();
  await page.getByText('Kept on this computer (').click();
  await pressByKey(page, /^Delete Double 135M from this computer$/);
  const question = page.getByRole('group', {
    name: 'Delete Double 135M? Its 1.2 MB would have to be downloaded again.',
  });
  await question.waitFor();
  await focused(page, 'No, keep');
  const found = [];
  await judge(page, 'model, asked to delete', found);
  assert.deepEqual(found, []);
  await walkByTab(page, 'model, asked to delete');
  await page.getByRole('button', { name: 'No, keep' }).focus();
  await page.keyboard.press('Escape');
  await question.waitFor({ state: 'detached' });
  await focused(page, 'Delete');
  assert.equal((await storedFiles(page)).length, 2);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Shift+Tab');
  await focused(page, 'Yes, delete');
  await page.keyboard.press('Enter');
  await says(page, 'Deleted: Double 135M.');
  await page.locator('ts-model-step button:focus', { hasText: 'Load the model' }).waitFor();
  assert.deepEqual(await storedFiles(page), []);
});
