// The real model in the real page, on the CPU and on WebGPU: what the page exports has to be what the terminal
// program says of the same items. Needs the built page (TRAITSCOPE_DIST or dist/), the model in it, and the terminal
// program (TRAITSCOPE_CLI, or the release build); whatever is missing fails, nothing is skipped.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, open as openFile, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { modelFile } from '../model-support.mjs';
import { compare, observed, TOLERANCE, writeTwoItems } from '../same-items.mjs';
import { allPlaces, dist, launch, serve, steps, watchedPage } from '../support.mjs';

const SECOND = 1000;
const MINUTES = 60_000;
let folder;
let itemsFile;

before(async () => {
  assert.ok(existsSync(join(dist, 'index.html')), `there is no page in ${dist}; run ./build.sh build`);
  assert.ok(existsSync(modelFile), `there is no model at ${modelFile}; run ./build.sh models and build`);
  folder = await mkdtemp(join(tmpdir(), 'traitscope-items-'));
  itemsFile = join(folder, 'two.json');
  await writeTwoItems(itemsFile);
});

after(async () => {
  if (folder) await rm(folder, { recursive: true, force: true });
});

async function visit(browser, server, query) {
  const watched = await watchedPage(browser.context, server.origin);
  await watched.page.goto(server.url + allPlaces(query));
  return watched;
}

async function runTwoItems(page, minutes) {
  await steps.give(page, 'Use items of your own', itemsFile);
  await page.getByText('two.json, 2 items').waitFor();
  await steps.run(page, minutes * MINUTES);
  return steps.saveJson(page);
}

/** How long the page's own thread lets a timer of 50 ms wait, from now until `longest` is asked. */
async function watchThread(page) {
  await page.evaluate(() => {
    let last = performance.now();
    window.longest = 0;
    setInterval(() => {
      const now = performance.now();
      window.longest = Math.max(window.longest, now - last);
      last = now;
    }, 50);
  });
  return { longest: () => page.evaluate(() => window.longest) };
}

describe('on the CPU', { timeout: 40 * MINUTES }, () => {
  let server;
  let browser;
  before(async () => {
    server = await serve(dist);
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  test('loads, checks itself, and gives the numbers of the terminal in both read-outs', async () => {
    const { page, check } = await visit(browser, server, '?device=cpu&failing=ask');
    const thread = await watchThread(page);
    await steps.load(page, 5 * MINUTES);
    assert.equal(await page.locator('[data-device]').getAttribute('data-device'), 'cpu');
    assert.equal(await page.locator('[data-self-test]').getAttribute('data-self-test'), 'passed');
    const run = await runTwoItems(page, 20);
    const longest = await thread.longest();
    assert.ok(longest < SECOND, `the page stood still for ${longest} ms`);
    compare(run.observations, await observed(modelFile, itemsFile, 'continuation'));
    compare(run.observations, await observed(modelFile, itemsFile, 'letters'));
    assert.equal(run.device.kind, 'cpu');
    const passes = Object.fromEntries(run.summary.gate.map(result => [result.readout, result.passes]));
    assert.deepEqual(passes, { letters: false, continuation: true });
    assert.equal(run.summary.offered, 'continuation');
    assert.equal(await page.locator('[data-not-offered=letters]').count(), 1);
    check();
  });

  test('a system prompt and raw text are those of the terminal', async () => {
    const system = 'You hate company.';
    const without = await observed(modelFile, itemsFile, 'continuation');
    for (const [query, more] of [
      ['&prompt=raw', ['--mode', 'raw']],
      [`&system=${encodeURIComponent(system)}`, ['--system', system]],
    ]) {
      const address = `?device=cpu&gate=0&readouts=continuation${query}`;
      const { page } = await visit(browser, server, address);
      await steps.load(page, 5 * MINUTES);
      const run = await runTwoItems(page, 5);
      const expected = await observed(modelFile, itemsFile, 'continuation', more);
      compare(run.observations, expected);
      const apart = expected.map(({ d }, i) => Math.abs(d - without[i].d));
      assert.ok(Math.max(...apart) > TOLERANCE, `${query} changes nothing: ${apart}`);
      await page.close();
    }
  });

  test('a run that is stopped keeps what is done', async () => {
    const { page } = await visit(browser, server, '?device=cpu&gate=0&readouts=continuation&per_trait=all');
    await steps.load(page, 5 * MINUTES);
    await page.getByRole('button', { name: 'Run the test' }).click();
    const stop = page.getByRole('button', { name: 'Stop and keep what is done' });
    await page.locator('[data-items-done]:not([data-items-done="0"])').waitFor({ timeout: 5 * MINUTES });
    await stop.click();
    await page.getByText('The test ended early').waitFor({ timeout: MINUTES });
    const run = await steps.saveJson(page);
    assert.equal(run.cancelled, true);
    assert.ok(run.observations.length >= 1 && run.observations.length < 80);
  });

  test('a file that is no model, and one that is cut short, are refused with their codes', async () => {
    const { page, check } = await visit(browser, server, '?device=cpu');
    const give = buffer =>
      steps.give(page, 'model file of your own', {
        name: 'x.gguf',
        mimeType: 'application/octet-stream',
        buffer,
      });
    await give(Buffer.from('<!doctype html>'));
    await page.getByText('gguf.magic').waitFor();
    const handle = await openFile(modelFile);
    const { buffer } = await handle.read(Buffer.alloc(4 << 20), 0, 4 << 20, 0);
    await handle.close();
    await give(buffer);
    await page.getByText('gguf.truncated').waitFor();
    check();
  });

  test('with rounded activations the numbers are other, and little so, which the result says', async () => {
    const { page } = await visit(browser, server, '');
    const { items } = JSON.parse(await readFile(itemsFile, 'utf8'));
    const { observations, activations, rounding } = await page.evaluate(async items => {
      const { openModel } = await import(new URL('traitscope.js', location.href).href);
      const model = await openModel('smollm2-135m-instruct-q4_1', { device: 'cpu' });
      const plan = { items, readout: 'continuation', gate: 24, activations: 'int8', workers: 2 };
      const result = await model.score(plan);
      await model.close();
      return result;
    }, items);
    // Where a value is rounded up or down hangs on its last bit, so no two programs round alike.
    const exact = await observed(modelFile, itemsFile, 'continuation');
    const changes = exact.flatMap((row, i) =>
      row.options.map(({ logprob, tokens }, k) => (observations[i].options[k].logprob - logprob) / tokens),
    );
    const sizes = changes.map(Math.abs);
    assert.ok(Math.max(...sizes) < 0.1, `nats a token: ${changes}`);
    assert.ok(Math.min(...sizes) > 0, 'something was rounded');
    assert.equal(activations, 'int8');
    assert.equal(rounding.answers, 3);
    assert.ok(rounding.largest > 0 && rounding.largest < 0.1, `${rounding.largest}`);
  });

  test('the items and the version that the page has before the core is there are those of the core', async () => {
    const { page } = await visit(browser, server, '');
    const { bank, version, file } = await page.evaluate(async () => {
      const library = await import(new URL('traitscope.js', location.href).href);
      const file = await (await fetch('items/bank.json')).json();
      return { bank: await library.bundledItems(), version: await library.version(), file };
    });
    const { name, version: edition, licence, items } = file;
    assert.deepEqual(bank, { name, version: edition, licence, items });
    await page.getByText(`Traitscope ${version}`, { exact: true }).waitFor();
  });

  test('loading can be stopped among the weights', async () => {
    const { page } = await visit(browser, server, '');
    const { code, phases } = await page.evaluate(async () => {
      const { openModel } = await import(new URL('traitscope.js', location.href).href);
      const abort = new AbortController();
      const phases = {};
      const onProgress = ({ phase, done, total }) => {
        phases[phase] = done / total;
        if (phase === 'weights') abort.abort();
      };
      const options = { device: 'cpu', onProgress, signal: abort.signal };
      const code = await openModel('smollm2-135m-instruct-q4_1', options).then(
        () => 'none',
        error => error.code,
      );
      return { code, phases };
    });
    assert.equal(code, 'run.cancelled');
    assert.ok(phases.weights < 1, `it went on to ${phases.weights}`);
  });

  test('the library gives a distribution that sums to one, and writes', async () => {
    const { page } = await visit(browser, server, '');
    const result = await page.evaluate(async () => {
      const { openModel } = await import(new URL('traitscope.js', location.href).href);
      const model = await openModel('smollm2-135m-instruct-q4_1', { device: 'cpu' });
      const { top, logsumexp } = await model.logits({ prompt: 'The capital of France is', top: 5 });
      const messages = [{ role: 'user', content: 'What is the capital of France?' }];
      const pieces = [];
      const onToken = ({ text }) => pieces.push(text);
      const written = await model.generate({ messages, maxTokens: 16, temperature: 0, onToken });
      const drawn = [];
      for (const seed of [1, 1, 2]) {
        const { text } = await model.generate({ messages, maxTokens: 16, temperature: 1, seed });
        drawn.push(text);
      }
      await model.close();
      const mass = top.reduce((sum, { logit }) => sum + Math.exp(logit - logsumexp), 0);
      return { mass, text: written.text, pieces: pieces.join(''), drawn };
    });
    assert.equal(result.drawn[1], result.drawn[0]);
    assert.notEqual(result.drawn[2], result.drawn[0]);
    assert.ok(result.mass > 0 && result.mass <= 1 + 1e-6, `the top five have a mass of ${result.mass}`);
    assert.match(result.text, /Paris/);
    assert.ok(result.text.startsWith(result.pieces.trimEnd()) || result.pieces.startsWith(result.text));
  });

  test('the next visit needs no network at all; without WebGPU `auto` is the CPU, and says so', async () => {
    // The first page is the browser's own empty one.
    const pages = browser.context.pages().slice(1);
    await pages[0].evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    for (const page of pages) await page.close();
    await server.close();
    await assert.rejects(fetch(server.url));
    const next = await visit(browser, server, '?gate=0&readouts=continuation&items=2');
    await steps.load(next.page, 5 * MINUTES);
    assert.equal(await next.page.locator('[data-device]').getAttribute('data-device'), 'cpu');
    await next.page.locator('ts-notice', { hasText: 'The model runs on the CPU instead' }).waitFor();
    await steps.run(next.page);
    const run = await steps.saveJson(next.page);
    assert.equal(run.self_test.passed, true);
    assert.equal(run.observations.length, 2);
    next.check();
  });
});

describe('on WebGPU', { timeout: 60 * MINUTES }, () => {
  test('the GPU is there, passes its self-test, and gives the numbers of the terminal', async () => {
    const server = await serve(dist);
    const browser = await launch({ gpu: true });
    try {
      const { page, check } = await visit(browser, server, '?device=gpu&gate=4&failing=ask');
      await page.getByRole('button', { name: 'Only load it' }).click();
      const outcome = page.locator('[data-self-test], ts-model-step ts-notice[kind=bad]').first();
      await outcome.waitFor({ timeout: 10 * MINUTES });
      assert.equal(await outcome.getAttribute('data-self-test'), 'passed', await outcome.textContent());
      assert.equal(await page.locator('[data-device]').getAttribute('data-device'), 'gpu');
      const names = await page.evaluate(async () => {
        const { vendor, architecture } = (await navigator.gpu.requestAdapter()).info;
        return [vendor, architecture];
      });
      const shown = await page.locator('[data-device]').textContent();
      assert.ok(
        names.every(name => name !== '' && shown.includes(name)),
        `${names} in ${shown}`,
      );
      const run = await runTwoItems(page, 45);
      assert.equal(run.device.kind, 'gpu');
      assert.equal(run.self_test.device, 'gpu');
      assert.equal(run.self_test.fell_back, false);
      compare(run.observations, await observed(modelFile, itemsFile, 'continuation'));
      compare(run.observations, await observed(modelFile, itemsFile, 'letters'));
      check();
    } finally {
      await browser.close();
      await server.close();
    }
  });
});
