// Gemma 3 270M in the real page: another architecture, tokenizer and formats, no chat template, and a vocabulary of 262,144.
// Needs the built page (TRAITSCOPE_DIST or dist/) with its file in it, and the terminal program.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { visits } from '../model-support.mjs';
import { compare, observed, writeTwoItems } from '../same-items.mjs';
import { dist, steps } from '../support.mjs';

const MINUTES = 60_000;
const ID = 'gemma-3-270m-q4_k_m';
const open = visits();

test('it is on a card, has PyTorch’s numbers by its self-test, the terminal’s in both read-outs, and can be pushed', {
  timeout: 20 * MINUTES,
}, async () => {
  const catalogue = JSON.parse(await readFile(join(dist, 'models/catalog.json'), 'utf8'));
  const entry = catalogue.models.find(({ id }) => id === ID);
  assert.equal(entry.file, `${ID}.gguf`, 'its file is not in the build: run ./build.sh gemma, then build');
  const model = join(dist, 'models', entry.file);
  const items = join(open.folder, 'two.json');
  await writeTwoItems(items);

  const { page, check } = await open.visit('?device=cpu&failing=ask&gate=8');
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
    compare(run.observations, await observed(model, items, readout));
  }

  // The directions that come with it, used where they were measured.
  const steer = page.locator('ts-steer-step');
  await steer.getByText('Known of agreeableness').waitFor();
  await steer.getByText('it goes on from the text').waitFor();
  await page.getByRole('button', { name: 'Write both answers' }).click();
  await page.locator('[data-text=steered]:not([data-done=""])').waitFor({ timeout: 5 * MINUTES });
  assert.equal(await page.locator('[data-text]').count(), 2);
  check();
});
