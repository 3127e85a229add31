// The real model on the CPU in browsers other than Chromium, as a new user meets it: the quick test by the first button, two texts and a
// meter. The numbers have to be those of Chromium. Needs the built page (TRAITSCOPE_DIST or dist/) with the model in it.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { watched } from '../drivers/watch.mjs';
import { steps as chromiumSteps, dist, go, launch, serve } from '../support.mjs';
import { OTHERS, picture, steps } from './others.mjs';

/** Points of a score from 0 to 100, and nats: the browsers run different variants of the core, which round differently. */
const TOLERANCE = 0.01;
const LONG = 600_000;
/** Tokens of a text that have to be the same; where two are near enough, rounding may choose between them later on. */
const SAME = 8;
/** Texts that a meter reads. */
const READ = 'I would help them with whatever they need.\nI would leave them to it.';

let server;
let model;
/** What Chromium gives: the test, the two texts, the answers to a meter. */
let expected;

before(
  async () => {
    assert.ok(existsSync(join(dist, 'index.html')), `there is no page in ${dist}; run ./build.sh build`);
    const catalogue = JSON.parse(await readFile(join(dist, 'models/catalog.json'), 'utf8'));
    model = catalogue.models.find(({ id }) => id === catalogue.default);
    server = await serve(dist, watched(dist));
    const browser = await launch();
    try {
      const page = await browser.context.newPage();
      await page.goto(server.url);
      await chromiumSteps.loadAndRun(page);
      const run = await chromiumSteps.saveJson(page);
      await go(page, 'steer');
      await page.getByRole('button', { name: 'Write both answers' }).click();
      await page.locator('[data-text=steered]:not([data-done=""])').waitFor({ timeout: LONG });
      const texts = JSON.parse(await chromiumSteps.save(page, 'Save both answers (JSON)'));
      await go(page, 'monitor');
      const own = page.locator('ts-data-set');
      await own.getByText('Texts of your own').click();
      await own.getByLabel('Questions and answers').fill(READ);
      await own.getByRole('button', { name: 'Read the texts' }).click();
      await own.locator('[data-texts=done]').waitFor({ timeout: LONG });
      expected = { run, texts, meter: JSON.parse(await chromiumSteps.save(page, 'Save the readings')) };
    } finally {
      await browser.close();
    }
  },
  { timeout: LONG },
);
after(() => server?.close());

const pace = ({ observations, milliseconds }) => `${observations.length} items in ${milliseconds} ms`;

const verdict = ({ readout, questions, right, passes }) => ({ readout, questions, right, passes });

function near(found, wanted, what) {
  assert.ok(Math.abs(found - wanted) <= TOLERANCE, `${what}: ${found}, not ${wanted}`);
}

/** The scores and every answer of the test, and what the page shows of them. */
async function tested(page, run) {
  assert.equal(run.device.kind, 'cpu');
  assert.equal(run.self_test.passed, true);
  assert.equal(run.model.sha256, model.sha256);
  assert.equal(run.cancelled, false);
  assert.deepEqual(run.items.ids, expected.run.items.ids);
  assert.deepEqual(run.request.readouts, ['letters', 'continuation']);
  assert.deepEqual(run.summary.gate.map(verdict), expected.run.summary.gate.map(verdict));
  assert.deepEqual(run.skipped, expected.run.skipped);
  assert.equal(run.observations.length, 40);
  for (const [i, { item, p_high, d }] of run.observations.entries()) {
    const wanted = expected.run.observations[i];
    assert.equal(item, wanted.item);
    near(p_high, wanted.p_high, `P(high) of ${item}`);
    near(d, wanted.d, `d of ${item}`);
  }
  assert.equal(run.summary.scores.length, 8);
  await page.click('summary', 'The same as a table');
  for (const [i, score] of run.summary.scores.entries()) {
    for (const value of ['score', 'expected', 'd']) {
      near(score[value], expected.run.summary.scores[i][value], `${value} of ${score.trait}`);
    }
    const row = await page.text('ts-score-table >> tr', score.trait);
    const shown = Number.parseFloat(row.slice(score.trait.length).trim());
    assert.ok(Math.abs(shown - score.score) <= 0.05 + 1e-9, `${score.trait}: ${shown} for ${score.score}`);
  }
}

/** Both texts, which are shown as they are saved. */
async function written(page) {
  await page.evaluate('() => void (location.hash = "steer")');
  await page.click('button', 'Write both answers');
  await page.find('[data-text=steered]:not([data-done=""])', { timeout: LONG });
  const texts = JSON.parse(await page.save('button', 'Save both answers (JSON)'));
  assert.notEqual(texts.steered.text, texts.unsteered.text);
  for (const side of ['unsteered', 'steered']) {
    const plain = text => text.replaceAll(/\s+/g, ' ').trim();
    assert.equal(plain(await page.text(`[data-text=${side}] >> .text`)), plain(texts[side].text));
    const [found, wanted] = [texts, expected.texts].map(saved => saved[side].tokens.slice(0, SAME));
    assert.equal(found.length, SAME);
    for (const [i, { text, z }] of found.entries()) {
      assert.equal(text, wanted[i].text);
      for (const [k, value] of z.entries()) near(value, wanted[i].z[k], `z of ${text}`);
    }
  }
}

/** What a meter reads in texts, which is shown as it is saved. */
async function metered(page) {
  await page.evaluate('() => void (location.hash = "monitor")');
  await page.click('ts-data-set >> summary', 'Texts of your own');
  await page.evaluate(
    `(field, text) => {
      field.value = text;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }`,
    await page.find('ts-data-set >> textarea'),
    READ,
  );
  await page.click('button', 'Read the texts');
  await page.find('[data-texts=done]', { timeout: LONG });
  const { result } = JSON.parse(await page.save('button', 'Save the readings'));
  const { rows } = expected.meter.result;
  assert.equal(result.rows.length, READ.split('\n').length);
  for (const [i, { index, z }] of result.rows.entries()) {
    const text = READ.split('\n')[index];
    assert.equal(index, rows[i].index);
    near(z, rows[i].z, text);
    const shown = await page.text('ts-data-set >> tbody >> tr', text);
    assert.ok(shown.includes(Math.abs(z).toFixed(2)), `${shown} for ${z}`);
  }
}

describe('the real model on the CPU', { timeout: 3 * LONG }, () => {
  for (const [name, start] of Object.entries(OTHERS)) {
    test(`in ${name} passes its self-test and gives the scores, texts and readings of Chromium`, async t => {
      const asked = () => server.requests.filter(path => path === `models/${model.file}`).length;
      const before = asked();
      const began = Date.now();
      const took = [];
      const note = what => took.push(`${what} after ${Math.round((Date.now() - began) / 1000)} s`);
      const page = await start();
      try {
        await page.goto(server.url);
        await page.resize(1280, 900);
        await steps.loadAndRun(page, LONG);
        await picture(page, 'model');
        const run = await steps.saveJson(page);
        note('test');
        await tested(page, run);
        await written(page);
        note('texts');
        await metered(page);
        note('meter');
        t.diagnostic(`${name}: ${pace(run)}; Chromium: ${pace(expected.run)}; ${took.join(', ')}`);
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
