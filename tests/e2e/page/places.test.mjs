// The page's places: their links, what each says is missing, the way through them, and what is under way elsewhere.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { steps } from '../support.mjs';
import { model, now, open, send, setUp } from '../with-double.mjs';

setUp();

const shown = page =>
  page.locator('[data-place]:visible').evaluateAll(places => places.map(({ dataset }) => dataset.place));
const link = (page, name) => page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name });

test('with one press: load, test, scores, each in its place', async () => {
  const { page, check } = await open(send(model({ step: 10 })), { place: '' });
  assert.deepEqual(await shown(page), ['model']);
  assert.deepEqual(await page.locator('[aria-current]').allInnerTexts(), ['Model']);
  await page.getByRole('button', { name: 'Load the model and run the test' }).click();
  await page.locator('[data-place=test]:visible [data-items-done]').waitFor();
  assert.match(page.url(), /#test$/);
  await page.locator('[data-place=results]:visible [data-run=done]').waitFor();
  assert.match(page.url(), /#results$/);
  assert.equal(await page.title(), 'Results · Traitscope');
  await link(page, /^Model \(loaded\)$/).waitFor();
  await link(page, /^Results \(1 result\)$/).waitFor();
  // The focus is where a reader begins.
  assert.equal(await page.locator('ts-step h2:focus').textContent(), 'Results');
  await page.goBack();
  assert.deepEqual(await shown(page), ['test']);
  await page.getByRole('button', { name: 'Run the test again' }).waitFor();
  check();
});

test('each place has a link that opens it, and says what it needs first', async () => {
  for (const [place, count] of Object.entries({ test: 2, steer: 2, monitor: 1, results: 1 })) {
    const { page, check } = await open(send(model()), { place: `#${place}`, query: '?seed=7' });
    const main = page.locator(`[data-place=${place}]`);
    await main.getByRole('link', { name: 'Load a model first' }).first().waitFor();
    const parts = await main.locator('ts-step').allInnerTexts();
    assert.equal(parts.length, count, `parts of ${place}`);
    for (const text of parts) assert.match(text, /Load a model first|once a model is loaded/);
    await main.getByRole('link', { name: 'Load a model first' }).first().click();
    await page.locator('[data-place=model]:visible').waitFor();
    assert.deepEqual(await shown(page), ['model']);
    await page.locator('ts-step h2:focus', { hasText: 'Model' }).waitFor();
    await steps.load(page);
    assert.match(page.url(), /\?seed=7#model$/);
    await page.goBack();
    assert.deepEqual(await shown(page), [place]);
    assert.equal(await main.getByRole('link', { name: 'Load a model first' }).count(), 0);
    check();
    await now.browser.close();
    await now.server.close();
  }
});

/** Fails unless each place has one main action, which is named: what is pressed next. About has none. */
async function mainActions(page, expected) {
  const found = {};
  for (const place of [...Object.keys(expected), 'about']) {
    await page.evaluate(to => {
      location.hash = to;
    }, place);
    await page.locator(`[data-place=${place}]:visible ts-step, [data-place=about]:visible`).first().waitFor();
    const names = await page.locator(`[data-place=${place}] .primary:visible`).allInnerTexts();
    found[place] = names.map(name => name.trim()).join(' | ');
  }
  assert.deepEqual(found, { ...expected, about: '' });
}

test('each place has one main action, which is what comes next', async () => {
  const { page, check } = await open(send(model()), { place: '', query: '?device=cpu' });
  const load = 'Load a model first';
  const start = 'Load the model and run the test';
  const write = 'Write both answers';
  const read = 'Read the meter and ask';
  await page.getByRole('button', { name: start }).waitFor();
  await mainActions(page, { model: start, test: load, steer: load, monitor: load, results: load });
  await link(page, 'Model').click();
  await steps.load(page);
  const loaded = { model: 'Choose a test', test: 'Run the test', steer: write, monitor: read };
  await mainActions(page, { ...loaded, results: 'Give a test' });
  await link(page, 'Test').click();
  await page.getByRole('button', { name: 'Run the test', exact: true }).click();
  await page.locator('[data-place=results]:visible [data-run=done]').waitFor();
  const seen = { model: 'See the results', test: 'See the results', steer: write };
  const saving = { results: 'Save the results' };
  await mainActions(page, { ...seen, monitor: read, ...saving });
  // Other items are there to be asked; what was answered is a press away.
  await link(page, 'Test').click();
  await page.getByText('Standard', { exact: true }).click();
  await mainActions(page, { ...seen, test: 'Run the test again', monitor: read, ...saving });
  await page
    .locator('[data-place=test]')
    .getByRole('link', { name: 'See the results', includeHidden: true })
    .waitFor({ state: 'attached' });
  await link(page, 'Steer').click();
  await page.getByRole('button', { name: 'Ask under every dose' }).click();
  await page.locator('[data-study=done]').waitFor();
  await link(page, 'Monitor').click();
  await page.getByRole('button', { name: read }).click();
  await page.locator('[data-monitor=done]').waitFor();
  await mainActions(page, { ...seen, test: 'Run the test again', monitor: 'Save the study', ...saving });
  check();
});

test('where the model does not fit, the main action is one that does, or a file of one’s own', async () => {
  const shape = { blocks: 1, width: 64, hidden: 64, heads: 1, kv_heads: 1, head_width: 64, vocabulary: 64 };
  const small = {
    context: 64,
    tensor_bytes: 1000,
    largest_tensor_bytes: 1000,
    largest_layer_tensor_bytes: 1000,
  };
  const double = model();
  const [entry] = double.catalogue.models;
  const large = { ...entry, id: 'large', name: 'Large 3B', bytes: 3_000_000_000, sha256: '1'.repeat(64) };
  const models = [large, { ...entry, shape: { ...shape, ...small } }];
  const choose = 'Choose Double 135M, which fits';
  const own = 'Or open a model file of your own';
  for (const [quota, action] of [
    [1_000_000_000, choose],
    [10, own],
  ]) {
    const catalogued = { ...double.catalogue, default: 'large', models };
    const routes = send(double, { catalogued });
    const { page, check } = await open(routes, { place: '' });
    await page.addInitScript(allowed => {
      navigator.storage.estimate = async () => ({ quota: allowed, usage: 0 });
    }, quota);
    await page.goto(`${now.server.url}?device=cpu`);
    await page.locator('[data-model=large][data-fit=no]').waitFor();
    const main = page.locator('[data-place=model] .primary:visible');
    await main.getByText(action).waitFor();
    assert.equal(await main.count(), 1);
    if (action === choose) {
      await main.click();
      await page.getByRole('radio', { name: 'Double 135M', checked: true }).waitFor();
      assert.deepEqual(await main.allInnerTexts(), ['Load the model and run the test']);
    }
    check();
    await now.browser.close();
    await now.server.close();
  }
});

test('a model without directions: every place says what it waits for, with the way to one', async () => {
  const { page, check } = await open(send(model()), { place: '' });
  await page.getByRole('button', { name: 'Only load it' }).waitFor();
  await steps.drop(page, 'own.gguf', 'GGUF{"step":2}');
  await page.locator('ts-model-step').getByText('own.gguf', { exact: true }).waitFor();
  await steps.ready(page);
  const way = 'Make or open a direction';
  const steer = 'Make the direction';
  const expected = {
    model: 'Choose a test',
    test: 'Run the test',
    steer,
    monitor: way,
    results: 'Give a test',
  };
  await mainActions(page, expected);
  await link(page, 'Monitor').click();
  await page.locator('ts-monitor-step').getByText('No directions of traits are known for this').waitFor();
  await page.getByRole('link', { name: way }).click();
  await page.locator('[data-place=steer]:visible').waitFor();
  assert.deepEqual(await shown(page), ['steer']);
  await page.getByLabel('Name of the trait').waitFor();
  await page
    .locator('ts-effect-step')
    .getByText('This can be done once this model has a direction')
    .waitFor();
  check();
});

test('About says what it is good for, what becomes of what is given to it, and its sources', async () => {
  const { page } = await open(send(model()), { place: '#about' });
  for (const name of ['About', 'What this can and cannot tell you', 'Privacy', 'Sources']) {
    await page.getByRole('heading', { name, exact: true }).waitFor();
  }
  assert.deepEqual(await shown(page), ['about']);
});

test('a hash that names no place is said to be strange, and the model is shown', async () => {
  const { page } = await open(send(model()), { place: '#nowhere' });
  await page.getByText('“#nowhere” is no place of this page.').waitFor();
  assert.deepEqual(await shown(page), ['model']);
});

test('settings that change keep the place, and the place keeps the settings', async () => {
  const { page } = await open(send(model()), { place: '#test', query: '?device=cpu' });
  await link(page, 'Model').click();
  await steps.load(page);
  await link(page, 'Test').click();
  await page.getByText('Standard', { exact: true }).click();
  assert.match(page.url(), /\?device=cpu&per_trait=all#test$/);
});

test('what is under way elsewhere is told in every place, with the way back', async () => {
  const { page } = await open(send(model({ step: 60 })), { place: '' });
  await steps.load(page);
  await link(page, 'Test').click();
  await page.getByRole('button', { name: 'Run the test', exact: true }).click();
  await link(page, 'About').click();
  const away = page.getByRole('link', { name: /^Asking (factual questions|the items): \d+%$/ });
  await away.click();
  await page.locator('[data-place=test]:visible').waitFor();
  assert.deepEqual(await shown(page), ['test']);
  assert.equal(await away.count(), 0);
  // Whoever went elsewhere is left there when the test ends.
  await link(page, 'About').click();
  await link(page, /^Results \(1 result\)$/).waitFor();
  assert.deepEqual(await shown(page), ['about']);
});

test('a file that is dropped anywhere is shown in its place', async () => {
  const { page } = await open(send(model()), { place: '#about' });
  const item = { personality: 'Courage', situation: 'S.', query: 'Q?' };
  const responses = { response_high1: 'a', response_high2: 'b', response_low1: 'c', response_low2: 'd' };
  await page.getByText('Privacy').first().waitFor();
  await steps.drop(page, 'mine.json', JSON.stringify([{ ...item, ...responses }]));
  await page.locator('[data-place=test]:visible').waitFor();
  await page.getByText('of mine.json').waitFor();
});

test('a place that cannot be fetched says so, and the others work', async () => {
  const routes = send(model());
  const { page } = await open(routes, { place: '', options: { serviceWorkers: 'block' } });
  await page.getByRole('button', { name: 'Only load it' }).waitFor();
  const broken = await now.browser.context.newPage();
  await broken.route(/assets\/monitor-step-/, route => route.abort());
  await broken.goto(`${now.server.url}#monitor`);
  await broken.getByText('this part of the page could not be fetched').waitFor();
  await broken.unroute(/assets\/monitor-step-/);
  await link(broken, 'Test').click();
  await broken.getByText('The test has 40 items.').waitFor();
});

for (const width of [1280, 390]) {
  test(`nothing is cut off at ${width} px in any place`, async () => {
    const { page } = await open(send(model()), { place: '' });
    await page.setViewportSize({ width, height: 800 });
    await page.getByRole('button', { name: 'Load the model and run the test' }).click();
    await page.locator('[data-run=done]:visible').waitFor();
    for (const name of ['Model', 'Test', 'Steer', 'Monitor', 'Results', 'About']) {
      await link(page, name).click();
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${name} is ${wide} px wide`);
    }
  });
}
