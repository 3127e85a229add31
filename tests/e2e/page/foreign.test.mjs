// A page whose catalogue has its model at another host: built with that catalogue, it may ask that host and no other.

import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { buildDouble } from '../build-double.mjs';
import { copied } from '../copied.mjs';
import { ranged } from '../ranged.mjs';
import { serve, steps } from '../support.mjs';
import { model, now, open, send, setUp, storedFiles } from '../with-double.mjs';

setUp();

const HALF = 1_500_000;
const double = model({}, 4_000_000);
const FILE = 'double.gguf';

/** The double's catalogue with its model at that server. */
const at = ({ url }) => ({
  ...double.catalogue,
  models: [{ ...double.catalogue.models[0], file: new URL(FILE, url).href }],
});

/** A server with the model, which pages of others may read, and the `state` that it goes by. */
async function host() {
  const { answer, state } = ranged(double.bytes);
  Object.assign(state, { exposed: 'content-range, etag', elsewhere: null });
  const server = await serve('/nowhere', {
    [FILE]: (request, response) => {
      response.setHeader('access-control-allow-origin', '*');
      response.setHeader('access-control-expose-headers', state.exposed);
      if (state.elsewhere) return response.writeHead(302, { location: state.elsewhere }).end();
      return answer(request, response);
    },
  });
  return { server, state };
}

let known;
let other;
let built;
before(async () => {
  known = await host();
  other = await host();
  const copy = await copied();
  try {
    await writeFile(join(copy, 'models/catalog.json'), JSON.stringify(at(known.server)));
    built = await buildDouble(copy);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
  now.folder = built;
});
after(async () => {
  await known?.server.close();
  await other?.server.close();
  if (built) await rm(built, { recursive: true, force: true });
});

/** The page that was built, served with the catalogue of `named`; `asked` are its requests to other hosts. */
async function opened(named, options) {
  const routes = send(double, { catalogued: at(named.server) });
  const { page } = await open(routes, options);
  const asked = [];
  page.on('request', request => {
    const { origin } = new URL(request.url());
    if (/^http/.test(origin) && origin !== now.server.origin) asked.push(request.url());
  });
  return { page, asked, routes };
}

const button = (page, name) => page.getByRole('button', { name, exact: true });

const refused = page => page.locator('ts-model-step ts-notice', { hasText: 'network.refused' });

/** Has a download stop half-way, and pauses it there. */
async function paused(page, state) {
  Object.assign(state, { stopAfter: HALF, asked: [] });
  await button(page, 'Only load it').click();
  await page.locator('[data-progress]', { hasText: '1.5 MB of 4.0 MB' }).waitFor();
  await button(page, 'Pause').click();
  await page.locator('[data-partial]', { hasText: '1.5 of 4.0 MB downloaded' }).waitFor();
}

async function pausedAndResumed(page, state) {
  await paused(page, state);
  state.stopAfter = Number.POSITIVE_INFINITY;
  await button(page, 'Resume').click();
  await steps.ready(page);
}

describe('a model at another host', () => {
  test('is allowed by the policy, which has that host from the catalogue that the page was built with', async () => {
    const { page } = await opened(known);
    const policy = await page.locator('meta[http-equiv]').getAttribute('content');
    const [, sources] = /connect-src ([^;]*)/.exec(policy);
    assert.equal(sources, `'self' ${known.server.origin}`);
    assert.equal(policy.split(known.server.origin).length, 2, 'in no other directive');
  });

  test('is downloaded, goes on by ranges after a pause, and is asked for nothing once it is kept', async () => {
    const { page, asked } = await opened(known, { query: '?device=cpu&per_trait=1' });
    await pausedAndResumed(page, known.state);
    assert.deepEqual(known.state.asked, [null, `bytes=${HALF}-`]);
    assert.deepEqual(await storedFiles(page), [`${double.sha256}.gguf`, `${double.sha256}.json`]);
    await steps.run(page);
    assert.deepEqual(new Set(asked), new Set([new URL(FILE, known.server.url).href]));
    const log = page.locator('ts-requests');
    await log.getByText('Every request').click();
    await log.getByText(new URL(known.server.url).host).first().waitFor();
    const before = known.server.requests.length;
    await page.reload();
    await steps.load(page);
    assert.equal(known.server.requests.length, before);
  });

  test('begins again, and says so, where the host does not let the page read which part it gave', async () => {
    const { page } = await opened(known);
    known.state.exposed = '';
    await pausedAndResumed(page, known.state);
    await page.getByText('network.restarted').waitFor();
  });

  test('that the page was not built with is refused by the policy, at once and with what to do', async () => {
    const { page } = await opened(other);
    await button(page, 'Only load it').click();
    const notice = refused(page);
    await notice.getByText(`allows no requests to ${other.server.origin}, where the model lies`).waitFor();
    await notice.getByText('open it from a file').waitFor();
    assert.deepEqual(other.server.requests, []);
    assert.deepEqual(await storedFiles(page), []);
    await page.getByLabel('Language', { exact: true }).first().selectOption('de');
    await notice.getByText('Die Regeln dieser Seite erlauben keine Anfrage').waitFor();
  });

  test('that sends the page on to one that it was not built with is refused as well', async () => {
    const { page } = await opened(known);
    known.state.elsewhere = new URL(FILE, other.server.url).href;
    await button(page, 'Only load it').click();
    await refused(page).waitFor();
    known.state.elsewhere = null;
    assert.deepEqual(other.server.requests, []);
  });

  test('that the page is no longer allowed leaves what had come of it', async () => {
    const { page, routes } = await opened(known);
    await paused(page, known.state);
    Object.assign(routes, send(double, { catalogued: at(other.server) }));
    await page.reload();
    await button(page, 'Resume').click();
    await refused(page).getByText('What was downloaded is kept').waitFor();
    await page.locator('[data-partial]', { hasText: '1.5 of 4.0 MB downloaded' }).waitFor();
  });
});
