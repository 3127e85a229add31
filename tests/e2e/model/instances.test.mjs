// Several instances of the real model share a run on the CPU: the numbers are those of one.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { dist, empty, launch, root, serve } from '../support.mjs';

/** Forwards are packed differently, which changes rounding and nothing else. */
const TOLERANCE = 1e-4;

describe('instances that share a run', { timeout: 600_000 }, () => {
  let server;
  let browser;
  let page;

  before(async () => {
    server = await serve(dist, empty);
    browser = await launch();
    page = await browser.context.newPage();
    await page.goto(`${server.url}empty.html`);
    const { items } = JSON.parse(await readFile(join(root, 'items/bank.json'), 'utf8'));
    await page.evaluate(
      async items => {
        const { openModel } = await import(new URL('traitscope.js', location.href).href);
        window.model = await openModel('smollm2-135m-instruct-q4_1', { device: 'cpu' });
        window.items = items;
      },
      items.slice(0, 20),
    );
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  test('give the observations, the gate and the scores of one, in the order of the items', async () => {
    const [one, two] = await page.evaluate(async () => {
      const plan = { items: window.items.slice(0, 7), templates: ['T1'], gate: 2 };
      const results = [];
      for (const workers of [1, 2]) {
        const progress = [];
        const result = await window.model.score({
          ...plan,
          workers,
          onProgress: ({ done, total, items_done }) => progress.push([done, total, items_done]),
        });
        results.push({ ...result, progress });
      }
      return results;
    });
    const named = ({ observations }) =>
      observations.map(({ item, readout, template, layout }) => [item, readout, template, layout]);
    assert.equal(one.observations.length, 21);
    assert.deepEqual(named(two), named(one));
    for (const [i, { options, p_high }] of one.observations.entries()) {
      const found = two.observations[i];
      assert.ok(Math.abs(found.p_high - p_high) <= TOLERANCE, `P(high) of ${found.item}`);
      for (const [k, { logprob }] of options.entries()) {
        const error = Math.abs(found.options[k].logprob - logprob);
        assert.ok(error <= TOLERANCE * Math.max(1, Math.abs(logprob)), `option ${k} of ${found.item}`);
      }
    }
    assert.equal(two.gate_answers.length, one.gate_answers.length);
    assert.deepEqual(
      two.summary.gate.map(({ readout, rate }) => [readout, rate]),
      one.summary.gate.map(({ readout, rate }) => [readout, rate]),
    );
    assert.deepEqual(
      two.summary.scores.map(({ trait, readout, score }) => [trait, readout, score]),
      one.summary.scores.map(({ trait, readout, score }) => [trait, readout, score]),
    );
    for (const { progress } of [one, two]) {
      const done = progress.map(([count]) => count);
      assert.ok(
        done.every((count, i) => i === 0 || count >= done[i - 1]),
        'progress goes back',
      );
      assert.deepEqual(progress.at(-1), [31, 31, 7]);
    }
  });

  test('stop together, and keep what is done', async () => {
    const { cancelled, observations, milliseconds } = await page.evaluate(async () => {
      const abort = new AbortController();
      let heard = 0;
      return window.model.score({
        items: window.items,
        readout: 'continuation',
        gate: 0,
        workers: 2,
        signal: abort.signal,
        onObservation: () => {
          heard += 1;
          if (heard === 3) abort.abort();
        },
      });
    });
    assert.equal(cancelled, true);
    assert.ok(observations.length >= 3 && observations.length < 14, `${observations.length} observations`);
    assert.ok(milliseconds < 60_000);
  });
});
