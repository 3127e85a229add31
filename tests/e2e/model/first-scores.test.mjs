// A stopwatch, as a new user would hold it: from an empty profile to the first paint, and to the first scores of the quick test with
// the model's file on the same machine. Clicks and times are limits that the project has set itself for two slow cores.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { entry, modelFile } from '../model-support.mjs';
import { moved, openFile } from '../one-file-support.mjs';
import { dist, launch, launcher, serve, steps, watchedPage } from '../support.mjs';

const MOST_CLICKS = 3;
const MOST_SECONDS = 120;
const MOST_TO_PAINT = 1000;
/** A whole report and a steered text, drawn. */
const MOST_TO_EXAMPLES = 3000;
const VISITS = 3;

/** Milliseconds until a visitor sees something. */
const firstPaint = page =>
  page.evaluate(
    () =>
      new Promise(done => {
        new PerformanceObserver(list => {
          const [paint] = list.getEntriesByName('first-contentful-paint');
          if (paint) done(paint.startTime);
        }).observe({ type: 'paint', buffered: true });
      }),
  );

describe('the first paint of an empty profile comes within a second', () => {
  const browsers = launcher();
  let server;
  let stick;
  before(async () => {
    assert.ok(existsSync(join(dist, 'traitscope.html')), `there is no page in ${dist}; run ./build.sh build`);
    server = await serve(dist);
    stick = await moved(join(dist, 'traitscope.html'));
  });
  after(async () => {
    await browsers.close();
    await server?.close();
    if (stick) await rm(stick.folder, { recursive: true, force: true });
  });

  const served = async context => {
    const page = await context.newPage();
    await page.goto(server.url);
    return page;
  };
  const ofOneFile = async context => (await openFile(context, stick.url)).page;
  for (const [what, visit, locale, load] of [
    ['in English', served, 'en-US', 'Load the model and run the test'],
    ['in German', served, 'de-DE', 'Modell laden und Test durchführen'],
    ['of the page in one file', ofOneFile, 'en-US', 'Open a model file'],
  ]) {
    test(what, async t => {
      const times = [];
      const examples = [];
      // What else the machine does may hold up one visit or another; that is not the page.
      const enough = () => Math.min(...times) < MOST_TO_PAINT && Math.min(...examples) < MOST_TO_EXAMPLES;
      while (times.length < VISITS && !enough()) {
        const browser = await browsers.launch({ locale });
        const page = await visit(browser.context);
        times.push(await firstPaint(page));
        await page.getByText(load).first().waitFor();
        for (const of of ['report', 'steering'])
          await page.locator(`[data-example=${of}] svg`).first().waitFor();
        examples.push(await page.evaluate(() => performance.now()));
        await browser.close();
      }
      const told = `painted after ${times.map(Math.round)} ms, with examples after ${examples.map(Math.round)} ms`;
      t.diagnostic(told);
      assert.ok(enough(), told);
    });
  }
});

/** What the quick test asks: so many items of so many traits. */
const QUICK = { traits: 8, items: 5 };

/** Tries of what takes a minute: what else the machine does may hold up one, and that is not the page. */
const TRIES = 2;

/** Fails unless a try comes to scores within the limit; `attempt` gives its seconds. */
async function inTime(t, attempt) {
  const times = [];
  while (times.length < TRIES && !times.some(seconds => seconds <= MOST_SECONDS)) times.push(await attempt());
  const told = `seconds: ${times.map(seconds => seconds.toFixed(1))}`;
  t.diagnostic(told);
  assert.ok(
    times.some(seconds => seconds <= MOST_SECONDS),
    told,
  );
}

/** The seconds from `begin` to the first scores of what a visitor does, with no more clicks than there may be: `act` is given `click` for each. */
async function timed(page, begin, act) {
  let clicks = 0;
  const click = async (name, role = 'button') => {
    await page.getByRole(role, { name }).click();
    clicks++;
  };
  const began = performance.now();
  await begin();
  await act(click);
  await page.locator('[data-place=results]:visible [data-run=done]').waitFor({ timeout: 600_000 });
  const scores = page.locator('[data-place=results] svg[data-score]');
  await scores.nth(7).waitFor();
  const seconds = (performance.now() - began) / 1000;
  assert.equal(await scores.count(), 8);
  assert.ok(clicks <= MOST_CLICKS, `${clicks} clicks`);
  return seconds;
}

/** That what was given is the quick test with the catalogue's model, whole, and no less that would take less time. */
async function isQuickTest(page) {
  const run = await steps.saveJson(page);
  assert.equal(run.model.sha256, entry.sha256);
  assert.equal(run.cancelled, false);
  const answered = run.observations.filter(({ readout }) => readout === 'continuation');
  assert.equal(run.items.ids.length, QUICK.traits * QUICK.items);
  assert.deepEqual(new Set(answered.map(({ item }) => item)), new Set(run.items.ids));
  const traits = answered.map(({ trait }) => trait);
  assert.equal(new Set(traits).size, QUICK.traits);
  for (const trait of traits) assert.equal(traits.filter(other => other === trait).length, QUICK.items);
}

describe('at most three clicks and two minutes lie before the first scores of the quick test', () => {
  async function served() {
    const server = await serve(dist);
    const browser = await launch();
    try {
      const { page, check } = await watchedPage(browser.context, server.origin);
      const seconds = await timed(
        page,
        () => page.goto(server.url),
        click => click('Load the model and run the test'),
      );
      await isQuickTest(page);
      check();
      return seconds;
    } finally {
      await browser.close();
      await server.close();
    }
  }

  async function dropped() {
    const stick = await moved(join(dist, 'traitscope.html'));
    const browser = await launch();
    try {
      const { page, check } = await openFile(browser.context, stick.url);
      await page.getByText('Open a model file').first().waitFor();
      const seconds = await timed(
        page,
        () => dropFile(page, modelFile),
        async click => {
          await click('Choose a test', 'link');
          await click(/^Run the test/);
        },
      );
      await isQuickTest(page);
      check();
      return seconds;
    } finally {
      await browser.close();
      await rm(stick.folder, { recursive: true, force: true });
    }
  }

  test('from an empty profile', t => inTime(t, served));
  test('from the drop of the model’s file on the page in one file', t => inTime(t, dropped));
});

/** Drops a file of the disk on the middle of the page, as from the window of a folder. */
async function dropFile(page, path) {
  const browser = await page.context().newCDPSession(page);
  const { width, height } = page.viewportSize();
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'])
    await browser.send('Input.dispatchDragEvent', { type, x: width / 2, y: height / 2, data });
}
