// The real model on the CPU in browsers other than Chromium: the numbers have to be those of Chromium. Needs the built
// page (TRAITSCOPE_DIST or dist/) with the model in it.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { watched } from '../drivers/watch.mjs';
import { steps as chromiumSteps, dist, launch, serve } from '../support.mjs';
import { OTHERS, picture, steps } from './others.mjs';

const QUERY = '?device=cpu&per_trait=1&traits=Openness,Agreeableness&readouts=continuation&gate=8';
/** Points of a score from 0 to 100: the browsers run different variants of the core, which round differently. */
const TOLERANCE = 0.01;
const LONG = 600_000;

let server;
let model;
let expected;

before(async () => {
  assert.ok(existsSync(join(dist, 'index.html')), `there is no page in ${dist}; run ./build.sh build`);
  const catalogue = JSON.parse(await readFile(join(dist, 'models/catalog.json'), 'utf8'));
  model = catalogue.models.find(({ id }) => id === catalogue.default);
  server = await serve(dist, watched(dist));
  const browser = await launch();
  try {
    const page = await browser.context.newPage();
    await page.goto(server.url + QUERY);
    await chromiumSteps.loadAndRun(page);
    expected = await chromiumSteps.saveJson(page);
  } finally {
    await browser.close();
  }
});
after(() => server?.close());

const pace = ({ observations, milliseconds }) => `${observations.length} items in ${milliseconds} ms`;

const verdict = ({ readout, questions, right, passes }) => ({ readout, questions, right, passes });

describe('the real model on the CPU', { timeout: 3 * LONG }, () => {
  for (const [name, start] of Object.entries(OTHERS)) {
    test(`in ${name} passes its self-test and gives the scores of Chromium`, async t => {
      const asked = () => server.requests.filter(path => path === `models/${model.file}`).length;
      const before = asked();
      const page = await start();
      try {
        await page.goto(server.url + QUERY);
        await page.resize(1280, 900);
        await steps.loadAndRun(page, LONG);
        await picture(page, 'model');
        const run = await steps.saveJson(page);
        t.diagnostic(`${name}: ${pace(run)}; Chromium: ${pace(expected)}`);
        assert.equal(run.device.kind, 'cpu');
        assert.equal(run.self_test.passed, true);
        assert.equal(run.model.sha256, model.sha256);
        assert.deepEqual(run.items.ids, expected.items.ids);
        assert.deepEqual(run.summary.gate.map(verdict), expected.summary.gate.map(verdict));
        assert.equal(run.summary.scores.length, 2);
        for (const [i, score] of run.summary.scores.entries()) {
          const wanted = expected.summary.scores[i];
          for (const value of ['score', 'expected', 'd']) {
            const apart = Math.abs(score[value] - wanted[value]);
            assert.ok(
              apart <= TOLERANCE,
              `${value} of ${score.trait}: ${score[value]}, not ${wanted[value]}`,
            );
          }
        }
        assert.equal(asked() - before, 1, 'the model is fetched once, however many instances share the test');
        assert.deepEqual(await page.complaints(), []);
      } catch (error) {
        await picture(page, 'model', 'failed').catch(() => undefined);
        throw error;
      } finally {
        await page.close();
      }
    });
  }
});
