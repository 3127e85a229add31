// Item files of the user's own that stay in the browser if the user says so, with the double.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allPlaces, launch, serve, steps, watchedPage } from '../support.mjs';
import { model, now, open, send, setUp } from '../with-double.mjs';

setUp();

const item = n => ({
  personality: 'Courage',
  situation: `S${n}.`,
  query: 'Q?',
  response_high1: 'a',
  response_high2: 'b',
  response_low1: 'c',
  response_low2: 'd',
});
const file = (name, n = 1) => ({
  name,
  mimeType: 'application/json',
  buffer: Buffer.from(JSON.stringify([item(n)])),
});
const give = async (page, name, n) => {
  await steps.give(page, 'Use items of your own', file(name, n));
  await page.getByText(`${name}, 1 item`).waitFor();
};
const box = page => page.getByLabel('Keep this file in this browser');
const names = page =>
  page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('traitscope-instruments', { create: true });
    const found = [];
    for await (const name of folder.keys()) found.push(name.replace(/^[0-9a-f]{64}\./, ''));
    return found.sort();
  });

/** Waits until just these are kept. */
const until = async (page, wanted) => {
  while ((await names(page)).join() !== wanted.join()) await page.waitForTimeout(20);
};
const keep = async (page, wanted) => {
  await box(page).check();
  await until(page, wanted);
};

test('an own file is kept only when the box is ticked, and is a choice at the next visit', async () => {
  const { page, check } = await open(send(model()));
  await steps.load(page);
  await give(page, 'mine & yours.json');
  assert.equal(await box(page).isChecked(), false);
  assert.deepEqual(await names(page), []);
  await keep(page, ['mine - yours.json']);

  await page.reload();
  await steps.load(page);
  await page.getByRole('button', { name: 'Remove mine - yours.json' }).waitFor();
  await page.getByText('Kept items', { exact: true }).click();
  await page.getByText('mine - yours.json, 1 item').waitFor();
  assert.ok(await box(page).isChecked());
  await page.getByText('1 item, after factual questions').waitFor();
  await steps.run(page);
  assert.equal((await steps.saveJson(page)).items.ids.length, 1);

  await box(page).uncheck();
  await until(page, []);
  await page.getByText('mine - yours.json, 1 item').waitFor();
  check();
});

test('a kept file can be removed, and one that is damaged is not used', async () => {
  const { page, check } = await open(send(model()));
  await steps.load(page);
  for (const [n, name] of ['one.json', 'two.json'].entries()) {
    await give(page, name, n);
    await keep(page, ['one.json', 'two.json'].slice(0, n + 1));
  }
  await page.getByRole('button', { name: 'Remove one.json' }).click();
  await page.getByText('Remove one.json? To be asked again, the file has to be opened anew.').waitFor();
  assert.deepEqual(await names(page), ['one.json', 'two.json']);
  await page.getByRole('button', { name: 'Yes, remove' }).click();
  await page.getByRole('button', { name: 'Remove one.json' }).waitFor({ state: 'detached' });
  await page.locator('ts-own-file input:focus').waitFor();
  assert.ok(await box(page).isChecked());
  assert.deepEqual(await names(page), ['two.json']);
  await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('traitscope-instruments');
    for await (const handle of folder.values()) {
      const stream = await handle.createWritable({ keepExistingData: true });
      await stream.write({ type: 'write', position: 3, data: 'x' });
      await stream.close();
    }
  });
  await page.reload();
  await steps.load(page);
  await page.getByText('Kept items', { exact: true }).click();
  await page.getByText('storage.damaged').waitFor();
  await page.getByText('Kept items', { exact: true }).waitFor({ state: 'detached' });
  assert.deepEqual(await names(page), []);
  check();
});

test('no more than twenty files are kept', async () => {
  const { page } = await open(send(model()));
  await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('traitscope-instruments', { create: true });
    for (let n = 0; n < 20; n += 1) {
      await folder.getFileHandle(`${String(n).padStart(64, '0')}.${n}.json`, { create: true });
    }
  });
  await steps.load(page);
  await give(page, 'mine.json');
  await box(page).click();
  await page.getByText('storage.limit').waitFor();
  assert.equal(await box(page).isChecked(), false);
  assert.equal((await names(page)).length, 20);
});

test('where there is no storage the box says so, and the file is used all the same', async () => {
  now.server = await serve(now.folder, send(model()));
  const insecure = now.server.origin.replace('localhost', 'traitscope.test');
  now.browser = await launch({
    args: ['--no-sandbox', '--host-resolver-rules=MAP traitscope.test 127.0.0.1'],
  });
  const { page } = await watchedPage(now.browser.context, insecure);
  await page.goto(now.server.url.replace('localhost', 'traitscope.test') + allPlaces());
  await steps.load(page);
  await give(page, 'mine.json');
  await box(page).click();
  await page
    .locator('ts-own-file')
    .getByText('this browser cannot keep the file', { exact: false })
    .waitFor();
  assert.equal(await box(page).isChecked(), false);
  await steps.run(page);
  assert.equal((await steps.saveJson(page)).items.ids.length, 1);
});
