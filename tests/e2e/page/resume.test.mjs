// Runs that do not come to their end: stopped, reloaded away, crashed. What was done is there again, and the run goes on to what it
// would have been.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allPlaces, empty, steps } from '../support.mjs';
import { model, now, open, reached, send, setUp } from '../with-double.mjs';

setUp();

const QUERY = '?device=cpu&per_trait=2&readouts=continuation&gate=8&workers=1';
const keys = run => run.observations.map(({ trait, item }) => `${trait} ${item}`);
const goOn = async page => {
  await page.getByRole('button', { name: 'Go on with it' }).click();
  await page.locator('[data-run=done]').waitFor();
  await page.getByText('was not finished').waitFor({ state: 'detached' });
};

/** The same run without an interruption. */
async function whole(plan = {}, query = QUERY) {
  const { page } = await open(send(model(plan)), { query });
  await steps.load(page);
  await steps.run(page);
  const run = await steps.saveJson(page);
  assert.equal(run.resumed, 0);
  assert.equal(await page.getByText('was not finished').count(), 0);
  await now.browser.close();
  await now.server.close();
  return run;
}

test('stopped and gone on with, a run is what it would have been', async () => {
  const wanted = await whole();
  const { page, check } = await open(send(model({ step: 250 })), { query: QUERY });
  await steps.load(page);
  await page.getByRole('button', { name: 'Run the test' }).click();
  await reached(page, 2);
  await page.getByRole('button', { name: 'Stop and keep what is done' }).click();
  await page.getByText('The test ended early').waitFor();
  const part = await steps.saveJson(page);
  assert.ok(part.observations.length < 16);
  await goOn(page);
  const run = await steps.saveJson(page);
  assert.equal(run.resumed, part.observations.length);
  assert.equal(run.cancelled, false);
  assert.deepEqual(keys(run), keys(wanted));
  assert.deepEqual(run.summary, wanted.summary);
  check();
});

test('after a reload the run is found, and goes on once its model is loaded', async () => {
  const wanted = await whole();
  const { page } = await open(send(model({ step: 250 })), { query: QUERY });
  await steps.load(page);
  await page.getByRole('button', { name: 'Run the test' }).click();
  await reached(page, 6);
  // What is heard is written half a second later.
  await page.waitForTimeout(1200);
  await page.reload();
  await page.getByText(/The test of Double.135M begun on .* was not finished/).waitFor();
  await page.getByText('Load that model to go on.').waitFor();
  assert.ok(await page.getByRole('button', { name: 'Go on with it' }).isDisabled());
  await steps.load(page);
  await goOn(page);
  const run = await steps.saveJson(page);
  assert.ok(run.resumed >= 5, `${run.resumed}`);
  assert.deepEqual(keys(run), keys(wanted));
  assert.deepEqual(run.summary, wanted.summary);
  await page.reload();
  await page.getByRole('button', { name: 'Load the model and run the test' }).waitFor();
  assert.equal(await page.getByText('was not finished').count(), 0);
});

test('a read-out that was left out stays left out, and no item is asked twice', async () => {
  const query = '?device=cpu&per_trait=2&gate=8&workers=1&templates=T1';
  const { page } = await open(send(model({ step: 250 })), { query });
  await steps.load(page);
  await page.getByRole('button', { name: 'Run the test' }).click();
  await reached(page, 4);
  await page.getByRole('button', { name: 'Stop and keep what is done' }).click();
  await page.getByText('The test ended early').waitFor();
  await goOn(page);
  const run = await steps.saveJson(page);
  assert.deepEqual(run.skipped, ['letters']);
  assert.equal(run.observations.length, 16);
  assert.equal(new Set(keys(run)).size, 16);
});

test('after a crash of the worker the run goes on with the model loaded anew', async () => {
  const { page } = await open(send(model({ crashAfter: 9, step: 60 })), { query: QUERY });
  await steps.load(page);
  await steps.runToFailure(page);
  await page.getByText('worker.crashed').first().waitFor();
  await page.getByText('was not finished').waitFor();
  await steps.load(page);
  await goOn(page);
  const run = await steps.saveJson(page);
  assert.equal(run.resumed, 8);
  assert.equal(new Set(keys(run)).size, 16);
});

test('another model is not taken for it, and what is not wanted is forgotten', async () => {
  const { page } = await open(send(model({ step: 1500 })), { query: QUERY });
  await steps.load(page);
  await page.getByRole('button', { name: 'Run the test' }).click();
  await reached(page, 2);
  // While it goes on, another tab does not take it for one that was left.
  const other = await now.browser.context.newPage();
  await other.goto(now.server.url + allPlaces(QUERY));
  await other.getByRole('button', { name: 'Load the model and run the test' }).waitFor();
  assert.equal(await other.getByText('was not finished').count(), 0);
  await other.close();
  await page.getByRole('button', { name: 'Stop and keep what is done' }).click();
  await page.getByText('The test ended early').waitFor();
  await steps.drop(page, 'other.gguf', 'GGUF{"step":1,"alone":true}');
  await page.getByText('now it is other.gguf').waitFor();
  assert.ok(await page.getByRole('button', { name: 'Go on with it' }).isDisabled());
  await page.getByRole('button', { name: 'Forget it' }).click();
  await page.getByText('was not finished').waitFor({ state: 'detached' });
  await page.reload();
  await page.getByRole('button', { name: 'Load the model and run the test' }).waitFor();
  assert.equal(await page.getByText('was not finished').count(), 0);
});

/** Begins a test and stops it once it has some answers. */
async function begunAndStopped(page) {
  await page.getByRole('button', { name: /^Run the test/ }).click();
  await reached(page, 2);
  await page.getByRole('button', { name: 'Stop and keep what is done' }).click();
  await page.getByText('The test ended early').waitFor();
}

test('of two tests that were left the older one is kept too, and offered after the other', async () => {
  const { page } = await open(send(model({ step: 250 })), { query: QUERY });
  await steps.load(page);
  await begunAndStopped(page);
  const first = await steps.saveJson(page);
  await begunAndStopped(page);
  await page.reload();
  await page.getByText('Older ones are kept too (1)').waitFor();
  await page.getByRole('button', { name: 'Forget it' }).click();
  await page.getByText('Older ones are kept too').waitFor({ state: 'detached' });
  await page.getByText('was not finished').waitFor();
  await steps.load(page);
  await goOn(page);
  const run = await steps.saveJson(page);
  assert.equal(run.date, first.date);
  assert.equal(run.resumed, first.observations.length);
  assert.equal(new Set(keys(run)).size, 16);
});

test('two tabs that test at the same time keep both results, and both tests where they are left', async () => {
  // Long enough that neither ends while the other one is looked at.
  const query = QUERY.replace('per_trait=2', 'per_trait=5');
  const { page } = await open(send(model({ step: 150 })), { query });
  const other = await now.browser.context.newPage();
  await other.goto(now.server.url + allPlaces(query));
  const tabs = [page, other];
  for (const tab of tabs) await steps.load(tab);
  const begin = async () => {
    for (const tab of tabs) await tab.getByRole('button', { name: /^Run the test/ }).click();
  };
  await begin();
  for (const tab of tabs) await steps.ended(tab, 'done', 120_000);
  await begin();
  for (const tab of tabs) await reached(tab, 2);
  // What is heard is written half a second later.
  await page.waitForTimeout(1200);
  for (const tab of tabs) await tab.close();
  const next = await now.browser.context.newPage();
  await next.goto(now.server.url + allPlaces(query));
  await next.locator('[data-earlier="2"]').waitFor({ state: 'attached' });
  await next.getByText('Older ones are kept too (1)').waitFor();
});

test('a test that is gone on with is not lost where the page goes at that moment', async () => {
  const { page } = await open(send(model({ step: 250 })), { query: QUERY });
  await steps.load(page);
  await begunAndStopped(page);
  const part = await steps.saveJson(page);
  await page.getByRole('button', { name: 'Go on with it' }).click();
  await page.locator('[data-items-done]').waitFor();
  await page.reload();
  await page.getByText('was not finished').waitFor();
  await steps.load(page);
  await goOn(page);
  const run = await steps.saveJson(page);
  assert.ok(run.resumed >= part.observations.length, `${run.resumed} of ${part.observations.length}`);
  assert.equal(new Set(keys(run)).size, 16);
});

test('where tabs cannot tell what they are at, no run is forgotten that another may be at', async () => {
  const { page } = await open(send(model({ step: 1500 })), { query: QUERY });
  // As on a page from plain http.
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'locks', { get: () => undefined });
  });
  await page.reload();
  await steps.load(page);
  for (let run = 1; run <= 2; run += 1) {
    await page.getByRole('button', { name: /^Run the test/ }).click();
    await reached(page, 1);
    await page.getByRole('button', { name: 'Stop and keep what is done' }).click();
    await page.locator('[data-run=failed], [data-run=done]').waitFor();
    await page.getByText('was not finished').waitFor();
  }
  for (let left = 2; left > 0; left -= 1) {
    await page.getByText('was not finished').waitFor();
    await page.getByRole('button', { name: 'Forget it' }).click();
  }
  await page.getByText('was not finished').waitFor({ state: 'detached' });
});

test('what two tabs begin in the same millisecond is kept of both', async () => {
  const still = () => {
    const at = Date.parse('2026-05-04T10:00:00.000Z');
    window.Date = class extends Date {
      constructor(...given) {
        super(...(given.length > 0 ? given : [at]));
      }
      static now = () => at;
    };
  };
  const query = QUERY.replace('per_trait=2', 'per_trait=5');
  const { page } = await open(send(model({ step: 150 })), { query, first: still });
  const other = await now.browser.context.newPage();
  await other.goto(now.server.url + allPlaces(query));
  const tabs = [page, other];
  for (const tab of tabs) await steps.load(tab);
  for (const tab of tabs) await tab.getByRole('button', { name: /^Run the test/ }).click();
  for (const tab of tabs) await reached(tab, 2);
  for (const tab of tabs) {
    await tab.getByRole('button', { name: 'Stop and keep what is done' }).click();
    await tab.getByText('The test ended early').waitFor();
  }
  const dates = new Set();
  for (const tab of tabs) dates.add((await steps.saveJson(tab)).date);
  assert.equal(dates.size, 1);
  await page.reload();
  await page.locator('[data-earlier="2"]').waitFor({ state: 'attached' });
  await page.getByText('Older ones are kept too (1)').waitFor();
});

/** Runs in a page of the same origin: puts the databases back into the form in which heads went by their dates. */
async function putBack() {
  const done = request =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const rewrite = async (name, version, other, options, keyOf) => {
    const database = await done(indexedDB.open(name));
    const reading = database.transaction(['heads', other]);
    const heads = await done(reading.objectStore('heads').getAll());
    const values = await done(reading.objectStore(other).getAll());
    const keys = await done(reading.objectStore(other).getAllKeys());
    database.close();
    await done(indexedDB.deleteDatabase(name));
    const opening = indexedDB.open(name, version);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore('heads', { keyPath: 'date' });
      const store = opening.result.createObjectStore(other, options);
      if (other === 'parts') store.createIndex('of', 'of');
    };
    const former = await done(opening);
    const dates = new Map(heads.map(({ id, date }) => [id, date]));
    const writing = former.transaction(['heads', other], 'readwrite');
    for (const { id: _, ...head } of heads) writing.objectStore('heads').put(head);
    values.forEach((value, i) => {
      writing.objectStore(other).put(...keyOf(value, keys[i], dates));
    });
    await new Promise(resolve => {
      writing.oncomplete = resolve;
    });
    former.close();
    return heads.length;
  };
  return [
    await rewrite('traitscope-results', 1, 'texts', {}, (text, key, dates) => [text, dates.get(key)]),
    await rewrite('traitscope-runs', 2, 'parts', { autoIncrement: true }, (part, _, dates) => [
      { ...part, of: dates.get(part.of) },
    ]),
  ];
}

test('what an earlier form of the page kept by its time is still there: a result to be opened, a test to be gone on with', async () => {
  const { page } = await open({ ...send(model({ step: 250 })), ...empty }, { query: QUERY });
  await steps.load(page);
  await begunAndStopped(page);
  const part = await steps.saveJson(page);
  await page.goto(`${now.server.url}empty.html`);
  assert.deepEqual(await page.evaluate(putBack), [1, 1]);
  await page.goto(now.server.url + allPlaces(QUERY));
  await page.locator('[data-earlier="1"] summary').click();
  await page.getByRole('button', { name: /^Open: double-items/ }).click();
  await page.locator('[data-report="1"]').waitFor();
  await steps.load(page);
  await goOn(page);
  const run = await steps.saveJson(page);
  assert.equal(run.resumed, part.observations.length);
  assert.equal(run.date, part.date);
  // It takes the place of what there was of it.
  await page.locator('[data-earlier="1"]', { hasText: 'stopped early' }).waitFor({ state: 'detached' });
  await page.locator('[data-earlier="1"]').waitFor();
});
