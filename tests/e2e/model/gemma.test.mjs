// Gemma 3 270M in the real page: another architecture, tokenizer and formats, no chat template, and a vocabulary of 262,144.
// Needs the built page (TRAITSCOPE_DIST or dist/) with its file in it, and the terminal program.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { allPlaces, dist, launch, serve, steps, watchedPage } from '../support.mjs';
import { compare, terminal, writeTwoItems } from '../terminal.mjs';

const MINUTES = 60_000;
const ID = 'gemma-3-270m-q4_k_m';
let folder;
let server;
let browser;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'traitscope-gemma-'));
  server = await serve(dist);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

test('it is on a card, has PyTorch’s numbers by its self-test, and the terminal’s in both read-outs', {
  timeout: 20 * MINUTES,
}, async () => {
  const catalogue = JSON.parse(await readFile(join(dist, 'models/catalog.json'), 'utf8'));
  const entry = catalogue.models.find(({ id }) => id === ID);
  assert.equal(entry.file, `${ID}.gguf`, 'its file is not in the build: run ./build.sh gemma, then build');
  const model = join(dist, 'models', entry.file);
  const items = join(folder, 'two.json');
  await writeTwoItems(items);

  const { page, check } = await watchedPage(browser.context, server.origin);
  await page.goto(server.url + allPlaces('?device=cpu&failing=ask&gate=8'));
  await page.locator(`label[for="choose-${ID}"]`).click();
  await steps.load(page, 5 * MINUTES);
  const selfTest = page.locator('[data-self-test=passed]');
  await selfTest.getByText('the known answers for this model').waitFor();
  await steps.give(page, 'Use items of your own', items);
  await page.getByText('two.json, 2 items').waitFor();
  await steps.run(page, 10 * MINUTES);
  const run = await steps.saveJson(page);
  assert.equal(run.model.sha256, entry.sha256);
  for (const readout of ['continuation', 'letters']) {
    compare(run.observations, await terminal(model, items, readout));
  }
  check();
});
