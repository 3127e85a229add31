// The page in one file with the real model on the CPU: its answers have to be those of the served page's library. Needs the built page
// (TRAITSCOPE_DIST or dist/) with the model in it; whatever is missing fails, nothing is skipped.

import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { moved, openFile } from '../one-file-support.mjs';
import { allPlaces, dist, empty, launch, root, serve, steps } from '../support.mjs';

/** The same forwards, but for what shares them. */
const TOLERANCE = 1e-4;
/** Bytes of the file. */
const LIMIT = 13e6;
const { models } = JSON.parse(await readFile(join(root, 'models/catalog.json'), 'utf8'));
const [entry] = models;

/** Answers of the served library to the same items. */
async function served(items) {
  const server = await serve(dist, empty);
  const browser = await launch();
  try {
    const page = await browser.context.newPage();
    await page.goto(`${server.url}empty.html`);
    return await page.evaluate(
      async ({ id, items }) => {
        const { openModel } = await import(new URL('traitscope.js', location.href).href);
        const model = await openModel(id, { device: 'cpu' });
        return (await model.score({ items, readout: 'continuation', gate: 2 })).observations;
      },
      { id: entry.id, items },
    );
  } finally {
    await browser.close();
    await server.close();
  }
}

test('the page in one file answers as the served one does', { timeout: 600_000 }, async () => {
  const file = join(dist, 'traitscope.html');
  const modelFile = join(dist, 'models', entry.file);
  assert.ok(existsSync(file), `there is no ${file}; run ./build.sh build`);
  assert.ok(existsSync(modelFile), `there is no model at ${modelFile}; run ./build.sh build`);
  assert.ok(statSync(file).size < LIMIT, `${file} has ${statSync(file).size} bytes`);

  const stick = await moved(file);
  const browser = await launch();
  let run;
  try {
    const query =
      '?device=cpu&traits=openness&per_trait=2&readouts=continuation&gate=2&failing=ask&workers=1';
    const { page, check } = await openFile(browser.context, stick.url + allPlaces(query));
    await steps.give(page, 'Open a model file', modelFile);
    await steps.ready(page);
    await page.getByText('Passed: the CPU’s numbers agree with the known answers for this model').waitFor();
    await page.getByRole('button', { name: 'Write both answers' }).waitFor();
    await steps.run(page);
    run = await steps.saveJson(page);
    check();
  } finally {
    await browser.close();
    await rm(stick.folder, { recursive: true, force: true });
  }
  assert.equal(run.model.sha256, entry.sha256);
  assert.equal(run.observations.length, 2);

  const bank = JSON.parse(await readFile(join(root, 'items/bank.json'), 'utf8'));
  const items = run.items.ids.map(id => bank.items.find(item => item.id === id));
  const wanted = await served(items);
  assert.equal(wanted.length, 2);
  for (const [i, { item, options }] of wanted.entries()) {
    assert.equal(run.observations[i].item, item);
    for (const [k, { logprob }] of options.entries()) {
      const found = run.observations[i].options[k].logprob;
      assert.ok(
        Math.abs(found - logprob) <= TOLERANCE,
        `${item}, option ${k}: ${found} instead of ${logprob}`,
      );
    }
  }
});
