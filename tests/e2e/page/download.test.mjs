// Downloads that are paused, break, or are left half-way, the cards of models, and what is kept. With the double.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ranged } from '../ranged.mjs';
import { launch, serve, steps, stopped, watchedPage } from '../support.mjs';
import { MODEL, model, now, open, SHAPE, send, setUp, storedFiles } from '../with-double.mjs';

setUp();

const PADDING = 4_000_000;
const HALF = 1_500_000;

const button = (page, name) => page.getByRole('button', { name, exact: true });
const begin = page => button(page, 'Only load it').click();
/** Waits until what the server gives before it stops has come. */
const halfWay = page => page.locator('[data-progress]', { hasText: '1.5 MB of 4.0 MB' }).waitFor();
const kept = page => page.locator('[data-partial]', { hasText: '1.5 of 4.0 MB downloaded' });

/** The page with a model whose download stops half-way. */
async function half(options = {}, opening = {}) {
  const double = model({}, PADDING);
  const { answer, state } = ranged(double.bytes, { stopAfter: HALF, ...options });
  const watched = await open(send(double, { answer }), opening);
  return { double, state, ...watched };
}

/** A server that sends so many bytes every tenth of a second, and nothing more after `last` of them. */
const bitByBit =
  (bytes, step, last = bytes.length) =>
  (_, response) => {
    response.writeHead(200, { 'content-length': bytes.length });
    let at = 0;
    const timer = setInterval(() => {
      response.write(bytes.subarray(at, at + step));
      at += step;
      if (at < last) return;
      clearInterval(timer);
      if (at >= bytes.length) response.end();
    }, 100);
  };

/** That the last answer was a part. How much the browser passes on of one that breaks is its own affair. */
function goneOn({ asked }) {
  const start = Number(/^bytes=(\d+)-$/.exec(asked.at(-1))?.[1]);
  assert.ok(start > 0, `asked for ${asked}`);
}

/** What a worker of the page would find in storage, waited for: files are removed in their own time. */
async function untilStored(page, wanted) {
  for (const end = Date.now() + 10_000; Date.now() < end; await page.waitForTimeout(50)) {
    if (wanted(await storedFiles(page))) return;
  }
  assert.fail(`stored are ${await storedFiles(page)}`);
}

describe('a download', () => {
  test('is paused and gone on with from the last byte, the test to follow as was asked', async () => {
    const { page, state, double, check } = await half({}, { query: '?per_trait=1&readouts=continuation' });
    await page.getByRole('button', { name: 'Load the model and run the test' }).click();
    await halfWay(page);
    await button(page, 'Pause').click();
    await kept(page).waitFor();
    // The button that was pressed has gone.
    await page.locator('ts-model-step button:focus', { hasText: 'Resume' }).waitFor();
    assert.equal(await page.locator('ts-notice[kind=bad]').count(), 0);
    assert.match(await page.locator('[role=status]').first().textContent(), /paused/);
    state.stopAfter = Number.POSITIVE_INFINITY;
    await button(page, 'Resume').click();
    await page.locator('[data-run=done]').waitFor();
    assert.deepEqual(state.asked, [null, `bytes=${HALF}-`]);
    assert.deepEqual(await storedFiles(page), [`${double.sha256}.gguf`, `${double.sha256}.json`]);
    check();
  });

  test('shows its speed and the time left, and says when nothing comes', async () => {
    const double = model({}, PADDING);
    const { page } = await open(send(double, { answer: bitByBit(double.bytes, 100_000, 2_500_000) }));
    await begin(page);
    await page
      .locator('[data-speed]', { hasText: /^[\d.]+ [kM]B\/s · (a few|about \d+) seconds left$/ })
      .waitFor();
    await page.locator('[data-speed]', { hasText: /nothing has come for \d+ seconds/ }).waitFor();
    await button(page, 'Cancel').click();
    await untilStored(page, files => files.length === 0);
  });

  test('whose tab is stopped and goes on, as when a computer sleeps, comes to its end', async () => {
    const double = model({}, PADDING);
    const { page, check } = await open(send(double, { answer: bitByBit(double.bytes, 200_000) }));
    await begin(page);
    await page.locator('[data-progress]', { hasText: /[1-9]\.\d MB of 4.0 MB/ }).waitFor();
    await stopped(now.browser, 6_000);
    await steps.ready(page);
    assert.deepEqual(await storedFiles(page), [`${double.sha256}.gguf`, `${double.sha256}.json`]);
    check();
  });

  test('that was left with its tab is found by the next visit, listed, and gone on with', async () => {
    const { page, state } = await half();
    await begin(page);
    await halfWay(page);
    state.stopAfter = Number.POSITIVE_INFINITY;
    await page.reload();
    await kept(page).waitFor();
    await page.getByText('Kept on this computer (1.5 MB)').click();
    await page.locator('ts-stored-models li', { hasText: '1.5 of 4.0 MB downloaded' }).waitFor();
    await page.getByRole('button', { name: 'Resume the download of Double 135M' }).click();
    await steps.ready(page);
    assert.deepEqual(state.asked, [null, `bytes=${HALF}-`]);
  });

  test('that is cancelled after a pause is gone, as is one that is deleted from the list', async () => {
    const { page } = await half();
    await begin(page);
    await halfWay(page);
    await button(page, 'Pause').click();
    assert.equal((await storedFiles(page)).length, 2);
    await kept(page).waitFor();
    await button(page, 'Cancel').click();
    await page.locator('ts-model-step button:focus', { hasText: 'Load the model' }).waitFor();
    assert.deepEqual(await storedFiles(page), []);
    await begin(page);
    await halfWay(page);
    await button(page, 'Pause').click();
    await page.getByText('Kept on this computer (').click();
    await page.getByRole('button', { name: 'Delete Double 135M' }).click();
    await page.getByText('Delete Double 135M? Its 1.5 MB would have to be downloaded again.').waitFor();
    await page.getByRole('button', { name: 'Yes, delete' }).click();
    await page.locator('ts-model-step button:focus', { hasText: 'Load the model' }).waitFor();
    assert.deepEqual(await storedFiles(page), []);
  });

  test('begins again where the server knows no parts, and says so', async () => {
    const { page, state } = await half({ ranges: false });
    await begin(page);
    await halfWay(page);
    await button(page, 'Pause').click();
    await button(page, 'Resume').click();
    await page.locator('[data-notice]', { hasText: 'does not go on in the middle' }).waitFor();
    await button(page, 'Pause').click();
    state.stopAfter = Number.POSITIVE_INFINITY;
    await button(page, 'Resume').click();
    await steps.ready(page);
    await page.getByText('network.restarted').waitFor();
  });

  for (const heedIfRange of [true, false]) {
    const which = heedIfRange ? 'heeds' : 'does not heed';
    test(`begins again where the file has changed, with a server that ${which} If-Range`, async () => {
      const { page, state, double } = await half({ heedIfRange });
      await begin(page);
      await halfWay(page);
      await button(page, 'Pause').click();
      Object.assign(state, { etag: '"two"', stopAfter: Number.POSITIVE_INFINITY });
      await button(page, 'Resume').click();
      await steps.ready(page);
      await page.getByText('not the one that the download began with').waitFor();
      assert.deepEqual(await storedFiles(page), [`${double.sha256}.gguf`, `${double.sha256}.json`]);
    });
  }

  test('goes on by itself when the connection breaks', async () => {
    const { page, state } = await half({ stopAfter: Number.POSITIVE_INFINITY, breakAfter: HALF });
    await begin(page);
    await page.locator('[data-notice]', { hasText: 'trying again' }).waitFor();
    await steps.ready(page);
    goneOn(state);
    assert.equal(await page.locator('ts-notice', { hasText: 'network.' }).count(), 0);
  });

  test('that breaks for good is kept, with what to do', async () => {
    const routes = send(model({}, PADDING));
    const { answer, state } = ranged(model({}, PADDING).bytes, { stopAfter: HALF });
    let up = true;
    routes[MODEL] = (request, response) => (up ? answer(request, response) : response.destroy());
    const { page } = await open(routes);
    await begin(page);
    await halfWay(page);
    up = false;
    state.last.destroy();
    await page.getByText('network.failed').waitFor();
    await page.getByText('What was downloaded is kept').waitFor();
    await kept(page).waitFor();
    up = true;
    state.stopAfter = Number.POSITIVE_INFINITY;
    await button(page, 'Resume').click();
    await steps.ready(page);
    goneOn(state);
  });

  test('that was damaged on the disk is found out and fetched once more', async () => {
    const { page, state, double } = await half();
    await begin(page);
    await halfWay(page);
    await button(page, 'Pause').click();
    await kept(page).waitFor();
    await page.evaluate(async () => {
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('traitscope-models');
      for await (const [name, file] of folder.entries()) {
        if (!name.endsWith('.part')) continue;
        const stream = await file.createWritable({ keepExistingData: true });
        await stream.write({ type: 'write', position: 500, data: 'x' });
        await stream.close();
      }
    });
    state.stopAfter = Number.POSITIVE_INFINITY;
    await button(page, 'Resume').click();
    await steps.ready(page);
    await page.getByText('was damaged, so the download began again').waitFor();
    assert.deepEqual(state.asked, [null, `bytes=${HALF}-`, null]);
    assert.deepEqual(await storedFiles(page), [`${double.sha256}.gguf`, `${double.sha256}.json`]);
  });

  test('follows redirects', async () => {
    const double = model({}, PADDING);
    const { answer, state } = ranged(double.bytes, { stopAfter: HALF });
    const routes = send(double, {
      answer: (_, response) => response.writeHead(302, { location: 'elsewhere.gguf' }).end(),
    });
    routes['models/elsewhere.gguf'] = answer;
    const { page, check } = await open(routes);
    await begin(page);
    await halfWay(page);
    await button(page, 'Pause').click();
    state.stopAfter = Number.POSITIVE_INFINITY;
    await button(page, 'Resume').click();
    await steps.ready(page);
    assert.deepEqual(state.asked, [null, `bytes=${HALF}-`]);
    check();
  });

  test('is done by one tab at a time; the other waits, and goes on where the first one pauses', async () => {
    const { page, state, double } = await half();
    await begin(page);
    await halfWay(page);
    const second = await now.browser.context.newPage();
    await second.goto(now.server.url);
    await button(second, 'Resume').click();
    await second.locator('#what', { hasText: 'Another tab is downloading this model' }).waitFor();
    await second.locator('[data-progress]', { hasText: '1.5 MB of 4.0 MB' }).waitFor();
    // A third one may neither take nor delete it.
    const third = await now.browser.context.newPage();
    await third.goto(now.server.url);
    await third.getByText('Kept on this computer (').click();
    await third.getByRole('button', { name: 'Delete Double 135M' }).click();
    await third.getByRole('button', { name: 'Yes, delete' }).click();
    await third.getByText('storage.busy').waitFor();
    assert.equal(state.asked.length, 1);
    state.stopAfter = Number.POSITIVE_INFINITY;
    await button(page, 'Pause').click();
    await steps.ready(second);
    assert.deepEqual(state.asked, [null, `bytes=${HALF}-`]);
    assert.deepEqual(await storedFiles(page), [`${double.sha256}.gguf`, `${double.sha256}.json`]);
    // The first finds it whole.
    await page.bringToFront();
    await button(page, 'Resume').click();
    await steps.ready(page);
    assert.equal(state.asked.length, 2);
  });

  test('is paused in memory where there is no storage', async () => {
    const double = model({}, PADDING);
    const { answer, state } = ranged(double.bytes, { stopAfter: HALF });
    now.server = await serve(now.folder, send(double, { answer }));
    now.browser = await launch({
      args: ['--no-sandbox', '--host-resolver-rules=MAP traitscope.test 127.0.0.1'],
    });
    const origin = now.server.origin.replace('localhost', 'traitscope.test');
    const { page } = await watchedPage(now.browser.context, origin);
    await page.goto(now.server.url.replace('localhost', 'traitscope.test'));
    await begin(page);
    await halfWay(page);
    await button(page, 'Pause').click();
    await page.locator('[data-partial]', { hasText: 'kept until this tab is closed' }).waitFor();
    state.stopAfter = Number.POSITIVE_INFINITY;
    await button(page, 'Resume').click();
    await steps.ready(page);
    await page.getByText('storage.unavailable').waitFor();
    assert.deepEqual(state.asked, [null, `bytes=${HALF}-`]);
  });
});

/** A catalogue of three models: one that fits, one too large for storage, one of which little is known. */
function several(double) {
  const [entry] = double.catalogue.models;
  const large = { id: 'large', name: 'Large 3B', file: 'large.gguf', bytes: 1_900_000_000 };
  const vague = { id: 'vague', name: 'Vague 1B', file: 'vague.gguf', licence: null };
  const models = [
    { ...entry, shape: SHAPE, licence_url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    { ...entry, ...large, shape: SHAPE, sha256: '1'.repeat(64) },
    { ...entry, ...vague, sha256: '2'.repeat(64) },
  ];
  return { ...double.catalogue, models };
}

/** The page in a browser that allows so much storage. */
async function withQuota(quota, usage, catalogued, double) {
  now.server = await serve(now.folder, send(double, { catalogued }));
  now.browser = await launch();
  await now.browser.context.addInitScript(
    facts => {
      navigator.storage.estimate = async () => facts;
    },
    { quota, usage },
  );
  const watched = await watchedPage(now.browser.context, now.server.origin);
  await watched.page.goto(`${now.server.url}?device=cpu`);
  return watched;
}

describe('the cards of the models', () => {
  test('show what each needs, and dim with its reason what does not fit, within reach of the keyboard', async () => {
    const double = model();
    const { page, check } = await withQuota(1_300_000_000, 100_000_000, several(double), double);
    const card = id => page.locator(`[data-model=${id}]`);
    await page.locator('[data-model=double][data-fit=yes]').waitFor();
    await card('double').getByText('about 204 MB').waitFor();
    const licence = card('double').getByRole('link', { name: 'Apache-2.0', exact: true });
    assert.equal(await licence.getAttribute('href'), 'https://www.apache.org/licenses/LICENSE-2.0');
    await page.locator('[data-model=large][data-fit=no].dimmed').waitFor();
    await card('large').getByText('needs 1.90 GB of storage; this browser allows 1.20 GB here').waitFor();
    await page.locator('[data-model=vague][data-fit=unknown]').waitFor();
    await card('vague').getByText('not known', { exact: true }).waitFor();
    await card('vague').getByText('licence not stated').waitFor();

    await page.getByRole('radio', { name: 'Double 135M' }).focus();
    await page.keyboard.press('ArrowDown');
    assert.ok(await page.getByRole('radio', { name: 'Large 3B' }).isChecked());
    assert.match(page.url(), /model=large/);
    await page.keyboard.press('ArrowUp');
    assert.ok(await page.getByRole('radio', { name: 'Double 135M' }).isChecked());
    await steps.load(page);
    check();
  });

  test('of one model is no choice', async () => {
    const { page } = await open(send(model()));
    await page.locator('[data-model=double]').waitFor();
    assert.equal(
      await page.getByRole('radio').count(),
      await page.locator('ts-test-step').getByRole('radio').count(),
    );
  });
});

describe('what is kept', () => {
  test('is listed with the space that it takes and how much there is', async () => {
    const double = model({}, PADDING);
    const { page } = await withQuota(2_000_000_000, 250_000_000, double.catalogue, double);
    await steps.load(page);
    await page.getByRole('button', { name: 'Change model' }).click();
    await page.getByText('Kept on this computer (4.0 MB)').click();
    await page.locator('ts-stored-models li', { hasText: '4.0 MB' }).waitFor();
    await page
      .getByText('The models take 4.0 MB; with all else it keeps, this page uses 250 MB of 2.00 GB')
      .waitFor();
  });

  for (const granted of [true, false]) {
    test(`the browser is asked to keep it for good, and ${granted ? 'agrees' : 'does not'}`, async () => {
      const double = model();
      now.server = await serve(now.folder, send(double));
      now.browser = await launch();
      await now.browser.context.addInitScript(granted => {
        let lasting = false;
        navigator.storage.persisted = async () => lasting;
        navigator.storage.persist = async () => {
          window.asked = (window.asked ?? 0) + 1;
          lasting = granted;
          return granted;
        };
      }, granted);
      const { page } = await watchedPage(now.browser.context, now.server.origin);
      await page.goto(now.server.url);
      await steps.load(page);
      await page.getByRole('button', { name: 'Change model' }).click();
      await page.getByText('Kept on this computer (').click();
      await page.locator('[data-lasting=no]').waitFor();
      assert.equal(await page.evaluate(() => window.asked), undefined);
      await button(page, 'Keep them even when the disk gets full').click();
      await page.locator(granted ? '[data-lasting=yes]' : '[data-lasting=refused]').waitFor();
      assert.equal(await page.evaluate(() => window.asked), 1);
      assert.equal(await button(page, 'Keep them even when the disk gets full').count(), granted ? 0 : 1);
    });
  }
});
