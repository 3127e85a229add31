// What a screen reader hears while something goes on: its beginning, each quarter once and in order, its end, and nothing more often.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeDirection } from '../steer-support.mjs';
import { go, steps } from '../support.mjs';
import { model, open, send, setUp } from '../with-double.mjs';

setUp();

const SMALL = '?device=cpu&per_trait=5&readouts=continuation&gate=8';

/** Runs in the page before its own code: notes in `window.heard` what live regions come to say, in whatever shadow root. */
function listen() {
  window.heard = [];
  const last = new WeakMap();
  const regions = '[role=status], [role=alert], [role=log], [aria-live=polite], [aria-live=assertive]';
  const look = root => {
    for (const region of root.querySelectorAll(regions)) {
      const text = region.textContent.trim().replaceAll(/\s+/g, ' ');
      if (text === (last.get(region) ?? '') || !region.checkVisibility()) continue;
      last.set(region, text);
      if (text !== '') window.heard.push(text);
    }
  };
  const observe = root =>
    new MutationObserver(() => look(root)).observe(root, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
    });
  observe(document);
  const { attachShadow } = Element.prototype;
  Element.prototype.attachShadow = function (...options) {
    const root = attachShadow.apply(this, options);
    observe(root);
    return root;
  };
}

const READY = 'Double 135M is ready.';

/** The page with one place at a time; `heard(last)` waits until that is said, and gives what was said since it was asked before. */
async function listened(routes, query = SMALL) {
  const opened = await open(routes, { place: '', query, first: listen });
  const heard = async last => {
    await opened.page.waitForFunction(last => window.heard.at(-1) === last, last);
    return opened.page.evaluate(() => window.heard.splice(0));
  };
  return { ...opened, heard };
}

/** That with the model loaded. */
async function loaded(plan, query = SMALL) {
  const opened = await listened(send(model(plan)), query);
  await steps.load(opened.page);
  await opened.heard(READY);
  return opened;
}

/** Fails unless that was said, all of it once and nothing else, and waits for it. */
const hears = async (heard, ...said) => assert.deepEqual(await heard(said.at(-1)), said);

/** What is said of one thing that is counted. */
const quarters = what => [`${what}.`, ...[25, 50, 75].map(percent => `${what}: ${percent} percent.`)];

test('a download is told of by quarters, however often news of it come', async () => {
  const double = model({ step: 30 }, 4_000_000);
  let give = null;
  const answer = (_, response) => {
    response.writeHead(200, { 'content-length': double.bytes.length });
    let at = 0;
    give = to => {
      response.write(double.bytes.subarray(at, to));
      at = to;
    };
  };
  const { page, heard } = await listened(send(double, { answer }));
  await page.getByRole('button', { name: 'Only load it' }).click();
  while (give === null) await page.waitForTimeout(20);
  // Three pieces a quarter, each of which is shown.
  const bar = page.locator('ts-download-progress progress');
  for (const tenths of [2, 5, 9, 11, 14, 18, 21, 25, 29, 31, 35, 39]) {
    give(100_000 * tenths);
    while ((await bar.evaluate(({ value }) => value)) < 100_000 * tenths) await page.waitForTimeout(20);
  }
  await hears(heard, 'Loading the model.', ...quarters('Downloading the model'));
  give(double.bytes.length);
  const after = await heard(READY);
  // How much of the reading is shown is up to the worker, which tells of it ten times a second.
  const others = after.filter(text => !quarters('Reading the model').includes(text));
  assert.deepEqual(others, ['Checking that the device computes correctly.', READY]);
  assert.deepEqual(after, [...new Set(after)]);
});

for (const workers of [1, 2]) {
  test(`a test is told of by quarters, given by ${workers === 1 ? 'one instance' : 'two that share it'}`, async () => {
    const { page, heard } = await loaded({ step: 200 }, `${SMALL}&workers=${workers}`);
    await go(page, 'test');
    await page.getByRole('button', { name: 'Run the test', exact: true }).click();
    await hears(
      heard,
      'Asking factual questions.',
      ...quarters('Asking the items').slice(1),
      'The test has finished: 40 items done. The scores are under Results.',
    );
  });
}

test('texts, directions and studies are told of no more often', async () => {
  const { page, heard } = await loaded({ step: 30 });
  await go(page, 'steer');
  await page.getByRole('button', { name: 'Write both answers' }).click();
  const both = ['Writing the plain answer.', 'Writing the steered answer.', 'Both answers are written.'];
  await hears(heard, ...both);
  await page.getByText('Every layer at once').click();
  await page.getByRole('button', { name: 'Read the steered answer' }).click();
  await hears(heard, 'Reading the text at every layer.', 'The text is read at every layer.');
  const many = side => Array.from({ length: 20 }, (_, i) => `I ${side} ${i}.`);
  await makeDirection(page, { name: 'Early rising', high: many('rise'), low: many('sleep') });
  await hears(heard, ...quarters('Making a direction'), 'The direction is ready for use.');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /^Save all directions/ }).click(),
  ]);
  await steps.give(page, 'Or open a file of directions', await download.path());
  await hears(heard, 'Opening directions.', 'The directions of the file are ready for use.');
  const ended = 'The study has ended. Its results are where it was begun.';
  await page.getByRole('button', { name: 'Ask under every dose' }).click();
  await hears(heard, ...quarters('The study is running'), ended);
  // A test that follows ends as a test.
  await go(page, 'test');
  await page.getByRole('button', { name: 'Run the test', exact: true }).click();
  const tested = 'The test has finished: 40 items done. The scores are under Results.';
  assert.equal((await heard(tested)).filter(text => text === ended || text === READY).length, 0);
});

test('what fails is told of at once, and nothing is told of again that was before it', async () => {
  const { page, heard } = await loaded({ step: 40, crashAfter: 20 });
  await go(page, 'steer');
  await page.getByRole('button', { name: 'Write both answers' }).click();
  await page.waitForFunction(() => window.heard.some(text => /worker\.crashed$/.test(text)));
  await page.waitForTimeout(500);
  const said = await heard(await page.evaluate(() => window.heard.at(-1)));
  assert.equal(said[0], 'Writing the plain answer.');
  assert.deepEqual(
    said.filter(text => /written|ready/.test(text)),
    [],
  );
});

test('a study that fails or is stopped with nothing to show is not said to have results', async () => {
  const { page, heard } = await loaded({ step: 1000, crashAfter: 6 });
  await go(page, 'steer');
  const said = async last => (await heard(last)).filter(text => /study has/i.test(text));
  // Of a study of the layer nothing is kept but the whole.
  await page.getByLabel(/Choose the layer first/).check();
  await page.getByRole('button', { name: 'Ask under every dose' }).click();
  await page.waitForFunction(() => window.heard.includes('Choosing the layer.'));
  await page.getByRole('button', { name: /^Stop/ }).click();
  const stopped = 'The study has stopped before there were results.';
  assert.deepEqual(await said(stopped), [stopped]);
  await page.getByRole('button', { name: 'Ask under every dose' }).click();
  const failed = 'The study has failed before there were results. Why stands where it was begun.';
  await page.locator('[data-study=failed]').waitFor();
  await page.waitForFunction(failed => window.heard.includes(failed), failed);
  assert.deepEqual(await said(await page.evaluate(() => window.heard.at(-1))), [failed]);
});
