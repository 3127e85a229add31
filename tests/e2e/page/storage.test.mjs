// Where the model's bytes come from and where they stay, in a real browser.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { allPlaces, empty, launch, serve, steps, watchedPage } from '../support.mjs';
import { MODEL, model, now, open, send, setUp, storedFiles } from '../with-double.mjs';

setUp();

describe('the model file', () => {
  test('is kept: the second visit needs no network for it, until it is deleted', async () => {
    const double = model();
    const { page } = await open(send(double));
    await steps.load(page);
    assert.deepEqual(await storedFiles(page), [`${double.sha256}.gguf`, `${double.sha256}.json`]);
    await page.route(`**/${MODEL}`, route => route.abort());
    await page.reload();
    await page.getByText('no download needed').waitFor();
    await steps.load(page);
    assert.equal(now.server.requests.filter(path => path === MODEL).length, 1);
    await page.getByRole('button', { name: 'Change model' }).click();
    await page.getByText('Kept on this computer (').click();
    await page.getByRole('button', { name: 'Delete Double 135M' }).click();
    await page.getByRole('button', { name: 'Yes, delete' }).click();
    await page.getByText('downloaded once, then kept').waitFor();
    assert.deepEqual(await storedFiles(page), []);
    // The button that was pressed has gone.
    await page.locator('ts-model-step button:focus', { hasText: 'Load the model' }).waitFor();
  });

  test('that was damaged in storage is fetched again', async () => {
    const double = model({}, 1000);
    const { page } = await open(send(double));
    await steps.load(page);
    await page.reload();
    await page.evaluate(async name => {
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('traitscope-models');
      const file = await folder.getFileHandle(name);
      const stream = await file.createWritable({ keepExistingData: true });
      await stream.write({ type: 'write', position: 500, data: 'x' });
      await stream.close();
    }, `${double.sha256}.gguf`);
    await steps.load(page);
    assert.equal(now.server.requests.filter(path => path === MODEL).length, 2);
  });

  test('that is not the one the catalogue names is thrown away', async () => {
    const double = model();
    const [entry] = double.catalogue.models;
    const catalogued = { ...double.catalogue, models: [{ ...entry, sha256: '0'.repeat(64) }] };
    const { page } = await open(send(double, { catalogued }));
    await page.getByRole('button', { name: 'Load the model' }).click();
    await page.getByText('model.checksum').waitFor();
    assert.deepEqual(await storedFiles(page), []);
  });

  test('that came damaged is thrown away, and the next try has a good one', async () => {
    const double = model({}, 1000);
    const damaged = Buffer.from(double.bytes);
    damaged[500] ^= 1;
    const answers = [damaged, double.bytes];
    const { page } = await open(send(double, { answer: (_, response) => response.end(answers.shift()) }));
    await page.getByRole('button', { name: 'Only load it' }).click();
    await page.getByText('model.checksum').waitFor();
    assert.deepEqual(await storedFiles(page), []);
    await steps.load(page);
    assert.equal(await page.getByText('model.checksum').count(), 0);
    assert.deepEqual(await storedFiles(page), [`${double.sha256}.gguf`, `${double.sha256}.json`]);
  });

  test('that was removed under the page, as by “clear site data”, goes on working and is fetched at the next visit', async () => {
    const double = model();
    const { page } = await open(send(double), { query: '?device=cpu&per_trait=1&readouts=continuation' });
    await steps.load(page);
    const tools = await page.context().newCDPSession(page);
    await tools.send('Storage.clearDataForOrigin', {
      origin: now.server.origin,
      storageTypes: 'file_systems,indexeddb,cache_storage,local_storage',
    });
    await steps.run(page);
    assert.equal((await steps.saveJson(page)).observations.length, 8);
    await page.reload();
    await page.getByText('downloaded once, then kept').waitFor();
    await steps.loadAndRun(page);
    await page.reload();
    await page.getByText('no download needed').waitFor();
    await steps.load(page);
    assert.equal(now.server.requests.filter(path => path === MODEL).length, 2);
  });

  test('from another address that is no model is not kept', async () => {
    const routes = {
      ...send(model()),
      ...empty,
      'models/page.gguf': (_, response) => response.end('<html>'),
    };
    const { page } = await open(routes, { place: 'empty.html' });
    const opened = address =>
      page.evaluate(async address => {
        const { openModel, storedModels } = await import(new URL('traitscope.js', location.href).href);
        const result = await openModel(address).then(
          () => 'open',
          ({ code }) => code,
        );
        return [result, (await storedModels()).length];
      }, address);
    assert.deepEqual(await opened('./models/page.gguf'), ['gguf.magic', 0]);
    assert.deepEqual(await storedFiles(page), []);
    assert.deepEqual(await opened('./models/double.gguf'), ['open', 1]);
  });

  for (const [code, answer] of [
    ['network.status', (_, response) => response.writeHead(404).end()],
    ['network.length', (_, response) => response.writeHead(200, { 'content-length': 4 }).end('GGUF')],
    [
      'network.failed',
      (_, response) => {
        response.writeHead(200, { 'content-length': model().bytes.length });
        response.write('GGUF', () => setTimeout(() => response.destroy(), 50));
      },
    ],
  ]) {
    test(`that cannot be had says ${code}, and is had at the next try`, async () => {
      const routes = send(model(), { answer });
      const { page } = await open(routes);
      await page.getByRole('button', { name: 'Load the model' }).click();
      await page.getByText(code).waitFor();
      assert.equal(await page.locator('[data-run], [data-items-done]').count(), 0);
      assert.ok(await page.getByRole('button', { name: 'Load the model' }).isEnabled());
      assert.deepEqual(await storedFiles(page), []);
      routes[MODEL] = send(model())[MODEL];
      await steps.load(page);
      assert.equal((await storedFiles(page)).length, 2);
    });
  }

  test('shows its bytes while it comes, and the download can be cancelled', async () => {
    const double = model({}, 3_000_000);
    const answer = (_, response) => {
      response.writeHead(200, { 'content-length': double.bytes.length });
      response.write(double.bytes.subarray(0, 1_500_000));
    };
    const { page } = await open(send(double, { answer }));
    await page.getByRole('button', { name: 'Load the model' }).click();
    await page.getByText('1.5 MB of 3.0 MB').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Load the model' }).waitFor();
    await page.waitForFunction(async () => {
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('traitscope-models');
      return (await folder.keys().next()).done;
    });
  });

  test('stays in memory where there is no storage, and the page says so; the instances share it', async () => {
    now.server = await serve(now.folder, send(model()));
    const insecure = now.server.origin.replace('localhost', 'traitscope.test');
    now.browser = await launch({
      args: ['--no-sandbox', '--host-resolver-rules=MAP traitscope.test 127.0.0.1'],
    });
    const { page } = await watchedPage(now.browser.context, insecure);
    await page.goto(
      now.server.url.replace('localhost', 'traitscope.test') + allPlaces('?device=cpu&workers=2'),
    );
    await page.getByText('downloaded on each visit').waitFor();
    await steps.load(page);
    await page.getByText('storage.unavailable').waitFor();
    await steps.run(page);
    assert.equal(page.workers().length, 2);
    assert.equal(now.server.requests.filter(path => path === MODEL).length, 1);
  });

  test('stays in memory where the disk is full, and nothing else stops for it', async () => {
    const { page } = await open(send(model({}, 2_000_000)), { query: '?device=cpu&per_trait=1' });
    const browser = await page.context().newCDPSession(page);
    const quota = quotaSize =>
      browser.send('Storage.overrideQuotaForOrigin', { origin: now.server.origin, quotaSize });
    await quota(500_000);
    await steps.load(page);
    await page.getByText('storage.unavailable').waitFor();
    assert.ok(!(await storedFiles(page)).some(name => name.endsWith('.gguf')));
    // From now on nothing at all can be written.
    await quota(1);
    await steps.run(page);
    const run = await steps.saveJson(page);
    assert.equal(run.observations.length, 8);
    // With room again it is kept.
    await quota(50_000_000);
    await page.reload();
    await steps.load(page);
    assert.ok((await storedFiles(page)).some(name => name.endsWith('.gguf')));
  });

  test('can be opened in two tabs at once', async () => {
    const { page } = await open(send(model()));
    await steps.load(page);
    const second = await now.browser.context.newPage();
    await second.goto(now.server.url + allPlaces());
    await steps.load(second);
    await Promise.all([steps.run(page), steps.run(second)]);
  });

  test('of the user’s own is read from disk; another kind of file says gguf.magic', async () => {
    const { page, check } = await open(send(model()));
    const label = 'model file of your own';
    const file = (name, text) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) });
    await steps.give(page, label, file('holiday.gguf', 'JFIF'));
    await page.getByText('gguf.magic').waitFor();
    await steps.give(page, label, file('own.gguf', 'GGUF{"step":2}'));
    await steps.ready(page);
    await page.getByText('own.gguf', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Change model' }).click();
    await steps.give(page, label, file('renamed.gguf', model().bytes));
    await steps.ready(page);
    await page.getByText('Double 135M', { exact: true }).waitFor();
    assert.equal(now.server.requests.filter(path => path === MODEL).length, 0);
    check();
  });
});
