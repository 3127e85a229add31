// The page without a network, and after a new build has taken the place of the one that is kept.

import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { allPlaces, serve, steps, watchedPage } from '../support.mjs';
import { model, now, open, send, setUp } from '../with-double.mjs';

setUp();

const kept = page => page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
const shells = page => page.evaluate(() => caches.keys());

/** Waits until the kept builds are what they should be: the browser looks for a new one at a time of its own. */
async function untilShells(page, wanted) {
  for (const end = Date.now() + 60_000; Date.now() < end; await page.waitForTimeout(100)) {
    if (wanted(await shells(page))) return;
  }
  assert.fail(`the kept builds are ${await shells(page)}`);
}

/** Another page in the same browser, the ones before it closed. */
async function again(query = '') {
  const before = now.browser.context.pages();
  const watched = await watchedPage(now.browser.context, now.server.origin);
  for (const page of before) await page.close();
  await watched.page.goto(now.server.url + allPlaces(query));
  return watched;
}

describe('the page', () => {
  test('works with the network off from the second visit on, settings and all', async () => {
    const { page } = await open(send(model()));
    await steps.load(page);
    await kept(page);
    await now.server.close();
    const { page: next, check } = await again('?readouts=continuation&seed=7');
    await next.getByText('no download needed').waitFor();
    await steps.load(next);
    await steps.run(next);
    assert.equal((await steps.saveJson(next)).request.seed, 7);
    check();
  });

  test('can be installed', async () => {
    const { page, check } = await open(send(model()));
    await kept(page);
    const browser = await page.context().newCDPSession(page);
    const { manifest, errors } = await browser.send('Page.getAppManifest');
    assert.deepEqual(errors, []);
    assert.equal(manifest.name, 'Traitscope');
    const { installabilityErrors } = await browser.send('Page.getInstallabilityErrors');
    // The tests' profiles are those of private windows.
    const others = installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito');
    assert.deepEqual(others, []);
    check();
  });

  for (const status of [404, 503]) {
    test(`is the kept one where the server answers ${status}`, async () => {
      const routes = send(model());
      const { page } = await open(routes);
      await steps.load(page);
      await kept(page);
      const broken = (_, response) => response.writeHead(status).end('not the page');
      for (const path of ['', 'index.html', 'models/catalog.json']) routes[path] = broken;
      const { page: next, check } = await again();
      await steps.load(next);
      assert.ok(now.server.requests.filter(path => path === '').length > 1, 'the server was asked');
      check();
    });
  }

  test('is new as soon as the server has a new one, and keeps that from then on', async () => {
    const routes = send(model());
    const { page } = await open(routes);
    await kept(page);
    const [first] = await shells(page);

    // The same build but for a mark.
    const changed = await mkdtemp(join(tmpdir(), 'traitscope-changed-'));
    try {
      await cp(now.folder, changed, { recursive: true });
      for (const [file, from, to] of [
        ['index.html', '<html lang="en"', '<html lang="en" data-build="next"'],
        ['service-worker.js', first.replace('traitscope-shell-', ''), 'next'],
      ]) {
        const text = await readFile(join(changed, file), 'utf8');
        assert.ok(text.includes(from), `${file} names ${from}`);
        await writeFile(join(changed, file), text.replace(from, to));
      }
      const { port } = new URL(now.server.url);
      await now.server.close();
      now.server = await serve(changed, routes, Number(port));
      const { page: second } = await again();
      assert.equal(await second.locator('html[data-build=next]').count(), 1);
      await untilShells(second, names => names.length === 2);
      // It takes over once no page of the old build is open, which the browser notices in its own time.
      let last = second;
      for (const end = Date.now() + 60_000; (await shells(last)).join() !== 'traitscope-shell-next'; ) {
        assert.ok(Date.now() < end, `the kept builds are ${await shells(last)}`);
        const blank = await now.browser.context.newPage();
        await last.close();
        await blank.waitForTimeout(1000);
        ({ page: last } = await again());
      }
      await now.server.close();
      const { page: fourth } = await again();
      assert.equal(await fourth.locator('html[data-build=next]').count(), 1);
    } finally {
      await rm(changed, { recursive: true, force: true });
    }
  });
});
