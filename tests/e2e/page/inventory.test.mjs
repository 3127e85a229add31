// Inventories of statements in the page, with a double in the place of the wasm module: what is offered, what is said, and that
// nothing is lost on the way. ratings.test.mjs is about real numbers.

import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { steps } from '../support.mjs';
import { model, now, open, send, setUp } from '../with-double.mjs';

setUp();

const QUERY = '?inventory=ipip-neo-120.en&per_trait=5';

test('an inventory in the address is given, and its domains, facets and agreement are shown', async () => {
  const { page, check } = await open(send(model()), { query: QUERY });
  await page.getByText('The test has 25 statements.').waitFor();
  await steps.load(page);
  // 25 statements in 7 ways, 48 statements of fact in 3.
  assert.equal(
    await page.locator('[data-questions]').textContent(),
    'At most 319 questions, at a first guess a few seconds.',
  );
  await steps.run(page);
  await page.getByText(/^At most 319 questions, .* at the pace of the last test/).waitFor();
  await page.getByText('rates itself on IPIP-NEO-120').waitFor();
  assert.equal(await page.locator('[data-offered=continuation] [data-domain]').count(), 5);
  const told = page.getByRole('listitem').filter({ hasText: 'Extraversion' });
  assert.match(await told.textContent(), /of 5 points, 95% interval .* people’s mean 3\.33 \(0\.62\)/);
  await page.getByText(/no liking for agreeing or disagreeing as such|a liking for agreeing/).waitFor();
  await page.getByText('Domains and facets as a table').click();
  assert.equal(await page.locator('ts-likert-result tbody tr').count(), 5 + 25);
  const letters = page.locator('[data-not-offered=letters]');
  await letters.locator('summary').click();
  await letters.getByText('So the statements were not asked in this way.').waitFor();
  const run = await steps.saveJson(page);
  assert.equal(run.ratings.length, 25);
  assert.equal(run.facts.length, 24 * 2 * 3);
  check();
});

test('its items can be had in each of the languages that the folder of inventories has', async () => {
  const { page, check } = await open(send(model()), { query: QUERY });
  const names = await readdir(join(now.folder, 'items/ipip'));
  const known = names.flatMap(name => /^ipip-neo-120\.([\w-]+)\.json$/.exec(name)?.[1] ?? []);
  assert.equal(known.length, 39);
  await steps.load(page);
  const languages = page.locator('ts-test-step select', { has: page.locator('option[value=fr]') });
  await languages.waitFor();
  const offered = await languages.locator('option').evaluateAll(all => all.map(({ value }) => value));
  assert.deepEqual(offered.toSorted(), known.toSorted());
  const named = await languages.locator('option').allInnerTexts();
  assert.equal(new Set(named).size, 39, 'each has a name of its own');
  await languages.selectOption('ar');
  assert.match(page.url(), /inventory=ipip-neo-120\.ar/);
  await languages.selectOption('ja');
  await steps.run(page);
  const { inventory } = await steps.saveJson(page);
  assert.equal(inventory.language, 'ja');
  check();
});

test('a GPU lost among the statements: the rest follows on the CPU, each statement there once', async () => {
  const lost = model({ gpu: true, loseDeviceAfter: 40 });
  const { page } = await open(send(lost), { query: `${QUERY}&failing=ask&templates=T1&gate=8` });
  await steps.load(page);
  await steps.run(page);
  await page.getByText('The test goes on on the CPU').waitFor();
  const run = await steps.saveJson(page);
  const keys = run.ratings.map(({ item, readout, layout }) => `${item} ${readout} ${layout}`);
  assert.equal(new Set(keys).size, 25 * 3);
  assert.equal(keys.length, 25 * 3);
  assert.equal(run.facts.length, 8 * 2 * 3);
});

test('stopped, what is rated is kept; the items come back on a press', async () => {
  const { page } = await open(send(model({ step: 150 })), { query: `${QUERY}&readouts=continuation&gate=8` });
  await steps.load(page);
  await page.getByRole('button', { name: 'Run the test' }).click();
  await page.locator('[data-items-done]:not([data-items-done="0"])').waitFor();
  await page.getByRole('button', { name: 'Stop and keep what is done' }).click();
  await page.getByText('The test ended early').waitFor();
  const run = await steps.saveJson(page);
  assert.ok(run.ratings.length > 0 && run.ratings.length < 25);
  await page.getByText('Quick', { exact: true }).click();
  await page.getByText('40 items, after factual questions').waitFor();
  assert.doesNotMatch(page.url(), /inventory/);
});

test('an inventory that is not there is refused in the address', async () => {
  const { page } = await open(send(model()), { query: '?inventory=../../secret' });
  await page.getByText('is not allowed for “inventory”').waitFor();
  await page.getByText('The test has 40 items.').waitFor();
});
