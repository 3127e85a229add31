// The page in one file, opened without a server and with nothing beside it: the main job with a dropped model, what comes with the page
// from inside, and no offer of what cannot be there.

import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after, afterEach, before, describe, test } from 'node:test';
import { movedDouble, openFile } from '../one-file-support.mjs';
import { examplesIn } from '../recorded.mjs';
import { allPlaces, go, launch, steps } from '../support.mjs';
import { data, model, reached } from '../with-double.mjs';

const known = model();
const QUICK = '?device=cpu&per_trait=5';
const file = { name: 'known.gguf', mimeType: 'application/octet-stream', buffer: known.bytes };
let stick;
let browser;

before(async () => {
  stick = await movedDouble(known);
});
afterEach(() => browser?.close());
after(() => rm(stick.folder, { recursive: true, force: true }));

async function open(query = QUICK) {
  return openAt(allPlaces(query));
}

async function openAt(address) {
  browser = await launch();
  return openFile(browser.context, stick.url + address);
}

async function load(page, given = file) {
  await steps.give(page, 'Open a model file', given);
  await steps.ready(page);
}

describe('the page in one file', () => {
  test('runs the quick test on a dropped model, in several workers, and saves the results', async () => {
    const { page, check } = await open(`${QUICK}&workers=2`);
    await page.getByText('The test has 40 items.').waitFor();
    await steps.drop(page, file.name, known.bytes.toString());
    await steps.ready(page);
    await steps.run(page);
    const run = await steps.saveJson(page);
    assert.equal(run.model.sha256, known.sha256);
    assert.equal(run.model.name, known.catalogue.models[0].name);
    assert.equal(run.observations.length, 40);
    const csv = await steps.save(page, 'Save as a table (CSV)');
    assert.equal(csv.trimEnd().split('\r\n').length, 1 + 4 * 40);
    assert.ok(page.workers().length > 1, 'each instance has a worker of its own');
    check();
  });

  test('offers no download and no place to keep files, and says where a model comes from', async () => {
    const { page, check } = await open();
    await page.getByText('With double.gguf').waitFor();
    assert.equal(await page.getByRole('button', { name: /load/i }).count(), 0);
    await load(page);
    await steps.give(page, 'items', {
      name: 'own.jsonl',
      mimeType: 'application/json',
      buffer: Buffer.from(data(known.catalogue)['items/steering.json']),
    });
    await page.getByText('own.jsonl').first().waitFor();
    assert.equal(await page.getByText('Keep this file').count(), 0);
    check();
  });

  test('has directions, inventories and studies inside, and settings in its address', async () => {
    const { page, check } = await open('?device=cpu&inventory=ipip-neo-120.de&per_trait=2');
    await page.getByText('The test has 10 statements.').waitFor();
    await load(page);
    await page.getByText(/Known of agreeableness: its push moves the answers its way/).waitFor();
    const choice = page.locator('ts-settings-step select').first();
    await choice.selectOption({ label: 'Grid of settings' });
    await page.getByLabel('Settings to ask, of 2,500').waitFor();
    await page.getByLabel('Run on').selectOption('auto');
    await page.waitForURL(address => !address.search.includes('device'));
    check();
  });

  for (const language of ['en', 'de']) {
    test(`shows recorded examples before there is a model, with where they are from (${language})`, async () => {
      const { page, check } = await openAt(`${QUICK}&lang=${language}#results`);
      await examplesIn(page, ['report'], language);
      await go(page, 'steer');
      await examplesIn(page, ['steering'], language);
      await go(page, 'model');
      await examplesIn(page, ['report', 'steering'], language);
      check();
    });
  }

  test('steers, reads a meter, draws pictures and opens the files of a class', async () => {
    const { page, check } = await open('?device=cpu&per_trait=2');
    await load(page);
    await page.getByRole('button', { name: 'Write both answers' }).click();
    await page.locator('[data-text=steered][data-done=length]').waitFor();
    await page.getByRole('button', { name: 'Read the meter and ask' }).click();
    await page.locator('[data-monitor=done]').waitFor();
    const [picture] = await Promise.all([
      page.waitForEvent('download'),
      page
        .locator('ts-monitor-step')
        .getByRole('button', { name: /^Save as PNG/ })
        .first()
        .click(),
    ]);
    assert.match(picture.suggestedFilename(), /\.png$/);
    await steps.run(page);
    const own = await steps.save(page, 'Save for the class (numbers only)');
    await steps.dropAll(page, { 'a.json': own, 'b.json': own, 'c.json': own });
    await page.locator('[data-class]').waitFor();
    check();
  });

  test('speaks German, which is inside too', async () => {
    const { page, check } = await open(`${QUICK}&lang=de`);
    await page.locator('html[lang=de]').waitFor();
    await page.getByText('Eine Modelldatei öffnen').waitFor();
    await page.getByLabel('Sprache', { exact: true }).selectOption('en');
    await page.getByText('Open a model file').waitFor();
    check();
  });

  test('finds a test that a reload broke off, and goes on with it', async () => {
    const { bytes, catalogue } = model({ step: 250 });
    assert.notDeepEqual(catalogue, known.catalogue);
    const slow = { ...file, name: 'slow.gguf', buffer: bytes };
    const { page, check } = await open('?device=cpu&per_trait=2&readouts=continuation&gate=8&workers=1');
    await load(page, slow);
    await page.getByRole('button', { name: 'Run the test' }).click();
    await reached(page, 6);
    // What is heard is written half a second later.
    await page.waitForTimeout(1200);
    await page.reload();
    await page.getByText('Load that model to go on.').waitFor();
    await load(page, slow);
    await page.getByRole('button', { name: 'Go on with it' }).click();
    await page.locator('[data-run=done]').waitFor();
    const run = await steps.saveJson(page);
    assert.ok(run.resumed >= 5, `${run.resumed}`);
    assert.equal(run.observations.length, 16);
    check();
  });
});
