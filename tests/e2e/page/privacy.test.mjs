// What leaves the page: nothing once the model is there, and before it only requests for the page's own files, which it lists.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { root, steps } from '../support.mjs';
import { model, now, open, send, setUp } from '../with-double.mjs';

setUp();

test('from when the model is ready, a test, texts, a study and saving ask no server for anything', async () => {
  const { page, check } = await open(send(model()), { query: '?per_trait=1&workers=2' });
  // The browser has the page's files from then on.
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await steps.load(page);
  await page.locator('ts-requests', { hasText: 'Since the model was ready: none.' }).waitFor();
  const before = now.server.requests.length;

  await steps.run(page);
  await steps.saveJson(page);
  await page.getByRole('button', { name: 'Write both answers' }).click();
  await page.locator('[data-text=steered][data-done=length]').waitFor();
  await page.getByRole('button', { name: 'Ask under every dose' }).click();
  await page.locator('[data-study=done]').waitFor();
  await page.getByRole('button', { name: 'Read the meter and ask' }).click();
  await page.locator('[data-monitor=done]').waitFor();

  assert.deepEqual(now.server.requests.slice(before), []);
  check();
});

test('the page lists what it asked for, its workers included', async () => {
  const { page } = await open(send(model()), { place: '#about', options: { serviceWorkers: 'block' } });
  await page.getByRole('link', { name: 'Model' }).click();
  await steps.load(page);
  await page.getByRole('link', { name: 'About' }).click();
  const log = page.locator('ts-requests');
  await log.getByText('Every request').click();
  const host = new URL(now.server.url).host;
  await log.getByText(`so far, to ${host}.`).waitFor();
  const listed = await log.locator('tbody th').allInnerTexts();
  const asked = new Set(now.server.requests.filter(path => path !== '' && path !== 'favicon.svg'));
  const missing = [...asked].filter(path => !listed.some(line => decodeURI(line).endsWith(`/${path}`)));
  assert.deepEqual(missing, []);
  assert.ok(listed.some(line => line.endsWith('models/double.gguf')));
});

test('the policy allows requests to the page’s own origin and to the hosts of the catalogue’s models alone', async () => {
  const { page } = await open(send(model()));
  const policy = await page.locator('meta[http-equiv]').getAttribute('content');
  const [, sources] = /connect-src ([^;]*)/.exec(policy);
  const { models } = JSON.parse(await readFile(join(root, 'models/catalog.json'), 'utf8'));
  const hosts = models.flatMap(({ file }) => (URL.canParse(file) ? [new URL(file).origin] : []));
  assert.deepEqual(sources.split(' '), ["'self'", ...new Set(hosts)]);
});
