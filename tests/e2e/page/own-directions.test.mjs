// Directions of the visitor's own are kept with their model: they are back after a reload, wait while another model is loaded, and are gone once
// they are deleted. With the double.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from '../axe.mjs';
import { allPlaces, go, steps } from '../support.mjs';
import { model, now, open, send, setUp } from '../with-double.mjs';

setUp();

const QUERY = '?device=cpu&workers=1&per_trait=1&gate=8&readouts=continuation';
const own = page => page.locator('ts-own-direction');
const dials = page => page.locator('ts-dial');
const list = page => page.locator('ts-earlier details');

async function loaded(query = QUERY) {
  const opened = await open(send(model()), { query });
  await steps.load(opened.page);
  return opened;
}

async function make(page, name = 'Early rising') {
  if (!(await own(page).getByLabel('Name of the trait').isVisible()))
    await own(page).getByText('Directions of your own').click();
  await own(page).getByLabel('Name of the trait').fill(name);
  await own(page).getByLabel('Texts that show it', { exact: false }).fill('I am up.\nI rise.\nI wake.');
  await own(page)
    .getByLabel('Texts that show the opposite', { exact: false })
    .fill('I lie.\nI doze.\nI sleep.');
  await own(page).getByRole('button', { name: 'Make the direction' }).click();
  await page.locator(`[data-made="${name.toLowerCase().replaceAll(' ', '-')}"]`).waitFor();
}

/** The traits that dials can have. */
const traits = async page => {
  const options = await dials(page)
    .locator('option')
    .evaluateAll(all => all.map(({ value }) => value));
  return [...new Set(options)].sort();
};

const anew = async page => {
  await page.goto('about:blank');
  await page.goto(now.server.url + allPlaces(QUERY));
};

test('one that was made and one that was opened are back after a reload, with their texts', async () => {
  const { page, check } = await loaded();
  await make(page);
  const opened = JSON.stringify([
    {
      trait: 'calm',
      method: 'file',
      architecture: 'llama',
      model_sha256: null,
      layers: [{ layer: 20, vector: [0.5, -0.25], neutral: { norm: 10, mean: 0, sd: 1 } }],
    },
  ]);
  await steps.give(page, 'Or open a file of directions', {
    name: 'calm.safetensors',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(opened),
  });
  await list(page).and(page.locator('[data-own="2"]')).waitFor({ state: 'attached' });
  const before = await steps.save(page, 'Save all directions');
  await anew(page);
  // Without their model they wait.
  await page
    .getByText(/Your own directions of Double 135M \(Calm and Early-rising\) are of no use/)
    .waitFor();
  await steps.load(page);
  for (const trait of ['calm', 'early-rising']) assert.ok((await traits(page)).includes(trait), trait);
  await page.locator('[data-aside]').waitFor({ state: 'detached' });
  await own(page).getByText('Directions of your own').click();
  const sorted = text => JSON.parse(text).toSorted((a, b) => a.trait.localeCompare(b.trait));
  assert.deepEqual(sorted(await steps.save(page, 'Save all directions')), sorted(before));
  // Its texts are there: directions of chance are made of them.
  const study = page.locator('ts-effect-step');
  await study.getByRole('combobox').selectOption('early-rising');
  await study.locator('button[data-next]').click();
  await study.locator('[data-study=done]').waitFor();
  const record = JSON.parse(await steps.save(page, 'Save the study'));
  assert.deepEqual(record.chance.kinds, ['shuffled']);
  check();
});

test('with another model they wait, and can be saved; they are of no use to it', async () => {
  const { page } = await loaded();
  await make(page);
  await anew(page);
  await steps.drop(page, 'other.gguf', 'GGUF{"step":1,"other":true}');
  await steps.ready(page);
  const aside = page.locator('[data-aside="Double 135M"]');
  await aside.waitFor();
  assert.equal(await dials(page).count(), 0);
  const saved = JSON.parse(await steps.save(page, /^Save them \(.safetensors\): Double 135M/));
  assert.deepEqual(
    saved.map(({ trait }) => trait),
    ['early-rising'],
  );
});

test('one that is deleted leaves the dials, comes back on demand, and stays deleted after a reload', async () => {
  const { page } = await loaded();
  // In the place of one that comes with the model.
  await make(page, 'Humour');
  await make(page);
  await go(page, 'results');
  await list(page).locator('summary', { hasText: 'Kept in this browser: 2 directions' }).click();
  const faults = [];
  await judge(page, 'results, directions kept', faults);
  await page.getByRole('button', { name: /^Delete: Your own direction: early-rising/ }).click();
  await page.locator('button:focus', { hasText: 'Undo' }).waitFor();
  await judge(page, 'results, one direction deleted', faults);
  assert.deepEqual(faults, []);
  await go(page, 'steer');
  assert.ok(!(await traits(page)).includes('early-rising'));
  await go(page, 'results');
  await page.getByRole('button', { name: /^Undo: Your own direction: early-rising/ }).click();
  await list(page).locator('summary', { hasText: '2 directions' }).waitFor();
  await go(page, 'steer');
  assert.ok((await traits(page)).includes('early-rising'));
  await go(page, 'results');
  for (const trait of ['early-rising', 'humour'])
    await page.getByRole('button', { name: new RegExp(`^Delete: Your own direction: ${trait}`) }).click();
  await page.getByRole('button', { name: /^Undo: Your own direction: humour/ }).waitFor();
  await go(page, 'steer');
  // The one of the catalogue is back.
  assert.ok((await traits(page)).includes('humour'));
  await anew(page);
  await steps.load(page);
  await dials(page).first().waitFor();
  assert.ok(!(await traits(page)).includes('early-rising'));
  assert.equal(await list(page).count(), 0);
});

test('all of them are deleted with the results', async () => {
  const { page } = await loaded();
  await steps.run(page);
  await make(page);
  await go(page, 'results');
  await list(page).locator('summary', { hasText: 'Kept in this browser: 1 result and 1 direction' }).click();
  await page.getByRole('button', { name: 'Delete all of them' }).click();
  await page.getByRole('group', { name: 'Delete 1 result and 1 direction for good?' }).waitFor();
  await page.getByRole('button', { name: 'Yes, delete' }).click();
  await list(page).waitFor({ state: 'detached' });
  await anew(page);
  await steps.load(page);
  await dials(page).first().waitFor();
  assert.ok(!(await traits(page)).includes('early-rising'));
});

test('full storage is told, and they are of use until the page is left', async () => {
  const { page } = await loaded();
  await page.evaluate(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('the disk is full', 'QuotaExceededError');
    };
  });
  await make(page);
  await page.locator('ts-notice', { hasText: 'storage.results' }).first().waitFor();
  assert.ok((await traits(page)).includes('early-rising'));
  // Another model comes and goes.
  await steps.drop(page, 'other.gguf', 'GGUF{"step":1,"other":true}');
  await page.locator('[data-aside="Double 135M"]').waitFor();
});

test('strange entries in the database break nothing', async () => {
  const { page, check } = await loaded();
  await make(page);
  await page.evaluate(async () => {
    const done = request =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await done(indexedDB.open('traitscope-directions'));
    const writing = database.transaction(['heads', 'values'], 'readwrite');
    const heads = writing.objectStore('heads');
    const [good] = await done(heads.getAll());
    for (const head of [{ id: 'a' }, { ...good, id: 'b', trait: 'b' }, { ...good, id: 'c', trait: 'c' }])
      heads.put(head);
    heads.put({ ...good, id: 'd', model: null });
    writing.objectStore('values').put({ vectors: { trait: 'b', layers: [{ layer: 1, vector: 'x' }] } }, 'b');
    await new Promise(resolve => {
      writing.oncomplete = resolve;
    });
    database.close();
  });
  await anew(page);
  await steps.load(page);
  await dials(page).first().waitFor();
  await list(page).and(page.locator('[data-own="3"]')).waitFor({ state: 'attached' });
  const found = await traits(page);
  assert.ok(found.includes('early-rising'));
  assert.ok(!found.includes('b') && !found.includes('c'));
  // What cannot be read can be deleted.
  await list(page).locator('summary').click();
  await page.getByRole('button', { name: /^Delete: Your own direction: b,/ }).click();
  await list(page).and(page.locator('[data-own="2"]')).waitFor();
  check();
});
