// What leaves the page: nothing once the model is there, whatever is chosen then, and before it only requests for the page's own
// files, which it lists.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { modelHosts } from '../../../www/scripts/policy.mjs';
import { makeDirection } from '../steer-support.mjs';
import { file, STUDY } from '../study-support.mjs';
import { PLACES, root, steps } from '../support.mjs';
import { data, model, now, open, send, setUp } from '../with-double.mjs';

setUp();

const QUERY = '?device=cpu&per_trait=1&workers=2';

/** A first visit with the model ready. `silent` fails on every request since, at the server and in the page's own log. */
async function ready({ query = QUERY, place = null } = {}) {
  const { page, check } = await open(send(model()), { query, place });
  await steps.load(page);
  const log = page.locator('ts-requests [data-later]');
  // In a place that is not shown the log stands all the same.
  await page
    .locator('ts-requests', { hasText: 'Since the model was ready: none.' })
    .waitFor({ state: 'attached' });
  const before = now.server.requests.length;
  const silent = async () => {
    // What was asked for last would be heard of by now.
    await page.waitForTimeout(300);
    assert.deepEqual(now.server.requests.slice(before), [], 'what the server was asked for');
    assert.equal(await log.getAttribute('data-later'), '0', 'what the page says of itself');
    check();
  };
  return { page, silent };
}

describe('from when the model is ready no server is asked for anything', () => {
  test('by the places and the languages of the page', async () => {
    const { page, silent } = await ready({ place: '#model' });
    for (const place of PLACES) {
      await page.locator(`ts-nav a[href="#${place}"]`).click();
      await page.locator(`[data-place=${place}] > :not(p)`).first().waitFor();
      assert.equal(await page.getByText('is being fetched').count(), 0);
    }
    const languages = page.locator('ts-nav select');
    const all = await languages.locator('option').evaluateAll(all => all.map(({ value }) => value));
    assert.ok(all.length > 1, `${all}`);
    for (const language of all) {
      await languages.selectOption(language);
      await page.locator(`html[lang=${language}]`).waitFor();
    }
    await languages.selectOption('en');
    await silent();
  });

  test('by the languages of the inventories', async () => {
    const { page, silent } = await ready({ query: `${QUERY}&inventory=ipip-neo-120.en` });
    const step = page.locator('ts-test-step');
    for (const [inventory, statements] of [
      ['IPIP-NEO-120', 120],
      ['IPIP-NEO-300', 300],
    ]) {
      await step.getByRole('combobox', { name: 'Inventory' }).selectOption({ label: inventory });
      await step.getByRole('combobox', { name: 'How many' }).selectOption('all');
      const select = step.getByRole('combobox', { name: 'Language' });
      const languages = await select.locator('option').evaluateAll(all => all.map(({ value }) => value));
      assert.ok(languages.length > 1);
      for (const language of languages) {
        await select.selectOption(language);
        await page.waitForURL(
          address => address.search.endsWith(`.${language}`) || address.search.includes(`.${language}&`),
        );
        await step.getByText(`${statements} statements, after`).waitFor();
      }
    }
    await silent();
  });

  test('by files of every kind', async () => {
    const { page, silent } = await ready();
    const rows = data({ models: [] })['items/steering.json'];
    const binary = async (name, text) => ({ name, mimeType: '', buffer: Buffer.from(text) });
    for (const name of ['mine.json', 'mine.jsonl', 'mine.csv']) {
      await steps.give(page, 'Use items of your own', await binary(name, rows));
      await page.getByText(`${name}, 6 items`).waitFor();
    }
    const parquet = await readFile(join(root, 'tests/reference/items/openness.parquet'));
    await steps.give(page, 'Use items of your own', await binary('mine.parquet', parquet));
    await page.getByText('mine.parquet, 2 items').waitFor();
    await steps.run(page);
    const report = await steps.saveJson(page);

    await steps.drop(page, 'report.json', JSON.stringify(report));
    await page.locator('[data-report="1"]').waitFor();
    await steps.give(page, 'Use a study of your own', file('study.json', STUDY));
    await page.locator('ts-settings-step').getByText('6 settings').first().waitFor();
    await page.getByText('Directions of your own').click();
    const vectors = JSON.stringify([
      { ...JSON.parse(data({ models: [] })['models/double.vectors'])[0], trait: 'unheard-of' },
    ]);
    await steps.give(page, 'Or open a file of directions', await binary('own.safetensors', vectors));
    await page.getByRole('slider', { name: 'Unheard-of: dose' }).waitFor();
    await page.getByText('Texts of your own').click();
    await steps.give(page, 'Or open a file of texts', await binary('own.tsv', 'Why?\tBecause.\n'));
    await page.getByRole('button', { name: 'Read the texts' }).click();
    await page.locator('[data-texts=done]').waitFor();
    await silent();
  });

  test('by a test in two workers, its answers in words, its report, its charts and its files', async () => {
    const { page, silent } = await ready();
    await steps.run(page);
    assert.ok(page.workers().length > 1, 'each instance has a worker of its own');
    await page.getByText('How often does it not answer at all?').click();
    await page.getByRole('button', { name: 'Have it answer in words' }).click();
    await page.locator('[data-refused]').waitFor();
    await steps.saveJson(page);
    await steps.save(page, 'Save as a table (CSV)');
    for (const kind of ['SVG', 'PNG']) await steps.save(page, `Save as ${kind}: Trait scores, continuation`);
    const earlier = page.locator('[data-earlier]');
    await earlier.locator('summary').click();
    await earlier.getByRole('button', { name: /^Open: double-items/ }).click();
    await page.locator('[data-report="1"]').getByText('Read the report').click();
    await page.getByRole('heading', { name: 'Test of Double 135M' }).waitFor();
    await silent();
  });

  test('by steering, meters and the studies of both', async () => {
    const { page, silent } = await ready();
    await page.getByRole('button', { name: 'Write both answers' }).click();
    await page.locator('[data-text=steered][data-done=length]').waitFor();
    await page.getByText('Every layer at once').click();
    await page.getByRole('button', { name: 'Read the steered answer' }).click();
    await page.locator('ts-layer-map').waitFor();
    const study = page.locator('ts-effect-step');
    const kinds = study.getByRole('radio');
    for (let kind = 0; kind < (await kinds.count()); kind += 1) {
      await kinds.nth(kind).check();
      await study.locator('button[data-next]').click();
      await study.locator('[data-study=done]').waitFor();
    }
    await page.getByRole('button', { name: 'Read the meter and ask' }).click();
    await page.locator('[data-monitor=done]').waitFor();
    await makeDirection(page);
    await kinds.first().check();
    await study.getByRole('combobox', { name: 'Direction' }).selectOption('early-rising');
    await study.locator('button[data-next]').click();
    await page.getByText('No items ask about early-rising itself').waitFor();
    await silent();
  });

  test('by any of the studies of many settings', async () => {
    const { page, silent } = await ready();
    const step = page.locator('ts-settings-step');
    const choice = step.locator('select').first();
    await choice.locator('option').nth(1).waitFor({ state: 'attached' });
    const all = await choice.locator('option').allInnerTexts();
    assert.ok(all.length >= 4, `${all}`);
    for (const study of all) {
      await choice.selectOption({ label: study });
      const size = step.getByLabel(/^Settings to ask/);
      await step.getByRole('button', { name: /^(Carry out the study|Give this test)$/ }).waitFor();
      if ((await size.count()) > 0) await size.fill('2');
    }
    await silent();
  });
});

test('what could not be fetched with the model holds up no test, is fetched when it is needed, and is listed', async () => {
  let broken = true;
  const path = 'items/ipip/ipip-neo-120.de.json';
  const { page } = await open(
    {
      ...send(model()),
      [path]: async (_, response) =>
        broken ? response.writeHead(500).end() : response.end(await readFile(join(now.folder, path))),
    },
    { query: `${QUERY}&inventory=ipip-neo-120.en` },
  );
  await steps.load(page);
  await page.locator('ts-requests', { hasText: 'Since the model was ready: none.' }).waitFor();
  broken = false;
  await page.locator('ts-test-step').getByRole('combobox', { name: 'Language' }).selectOption('de');
  await page.locator('ts-test-step').getByText('5 statements, after').waitFor();
  await page.locator('ts-requests [data-later="1"]').waitFor();
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
  const asked = new Set(now.server.requests.filter(path => path !== ''));
  const missing = [...asked].filter(path => !listed.some(line => decodeURI(line).endsWith(`/${path}`)));
  assert.deepEqual(missing, []);
  assert.ok(listed.some(line => line.endsWith('models/double.gguf')));
});

test('the policy allows requests to the page’s own origin and to the hosts of the catalogue’s models alone', async () => {
  const { page } = await open(send(model()));
  const policy = await page.locator('meta[http-equiv]').getAttribute('content');
  const [, sources] = /connect-src ([^;]*)/.exec(policy);
  const catalogue = JSON.parse(await readFile(join(root, 'models/catalog.json'), 'utf8'));
  assert.deepEqual(sources.split(' '), ["'self'", ...modelHosts(catalogue)]);
});
