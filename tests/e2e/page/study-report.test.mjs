// Results of studies of many settings: read, printed, opened from files, held against each other. With the double.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { begun, ended, give, saved, start, step } from '../study-support.mjs';
import { steps } from '../support.mjs';
import { setUp } from '../with-double.mjs';

setUp();

/** A page with the study carried out, and what it saved. */
async function carriedOut(plan, query) {
  const opened = await begun(plan, query);
  await start(opened.page);
  await ended(opened.page);
  await opened.page.locator('[data-summary="6"]').waitFor();
  return { ...opened, result: await saved(opened.page) };
}

/** The same of another model, whose scores are higher by so much. */
function another(result, shift) {
  const answers = result.answers.map(({ values, ...rest }, i) => ({
    ...rest,
    values: values.map(value => ({
      ...value,
      value: value.value + (value.scale === 'Openness' ? shift + i / 100 : 0),
    })),
  }));
  const date = '2020-01-02T03:04:05.000Z';
  return { ...result, date, model: 'Other 1B', model_sha256: 'e'.repeat(64), answers };
}

const drop = (page, result, name = 'saved.json') => steps.drop(page, name, JSON.stringify(result));
const view = page => page.locator('ts-study-comparison');
const held = (page, name) => page.locator('[data-held]', { hasText: name });

describe('the report of a study', () => {
  test('names what was asked of which model, on what and when, and what it does not show', async () => {
    const { page, check, result } = await carriedOut();
    assert.ok(Math.abs(Date.now() - Date.parse(result.date)) < 60_000);
    assert.deepEqual([...new Set(result.answers.map(({ device }) => device))], ['cpu']);
    await step(page).getByText('Read the report').click();
    const report = step(page).locator('ts-study-report');
    await report.getByText('Six ways: study of Double 135M').waitFor();
    await report.getByText('Three steps and two orders.').waitFor();
    const facts = {
      'Model file (SHA-256)': result.model_sha256,
      Device: 'CPU',
      Arithmetic: 'exact (f32)',
      Program: result.program,
      Items: 'double-items 1: 2 of every trait',
      'Read as': 'continuation; not as letters, which failed the factual questions',
      'Settings answered': '6 of 6',
      'Varied: step': 'E1, E2 and E3',
      Seed: '1',
    };
    for (const [what, value] of Object.entries(facts)) {
      const line = report.locator('dt', { hasText: new RegExp(`^${what.replace(/[()]/g, '\\$&')}$`) });
      assert.equal(await line.locator('xpath=following-sibling::dd[1]').textContent(), value, what);
    }
    await report.getByText('The continuation read-out got 7 of 8 factual questions right').waitFor();
    assert.equal(await report.locator('[data-scale]').count(), 8);
    await report.getByText('a setting is one way of asking one model, and no respondent').waitFor();
    check();
  });

  test('is what is printed, and nothing else', async () => {
    const { page, check } = await carriedOut();
    await page.evaluate(() => {
      window.print = () => {
        const { shadowRoot } = document.querySelector('traitscope-app');
        window.printed = shadowRoot.querySelector('ts-study-report.paper')?.shadowRoot.textContent;
        dispatchEvent(new Event('afterprint'));
      };
    });
    await step(page).getByText('Read the report').click();
    await page.getByRole('button', { name: 'Print this report' }).click();
    await page.waitForFunction(() => window.printed?.includes('Six ways: study of Double 135M'));
    assert.equal(await page.locator('ts-study-report.paper').count(), 0);
    // Without a test on the page the study is what its printing gives.
    await page.setViewportSize({ width: 688, height: 1030 });
    await page.emulateMedia({ media: 'print' });
    await page.locator('ts-study-report.paper').waitFor();
    assert.ok(await step(page).isHidden());
    const wide = await page
      .locator('ts-study-report.paper .scroll')
      .evaluateAll(all => all.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).length);
    assert.equal(wide, 0);
    check();
  });

  test('says which device answered how many settings where the GPU was lost', async () => {
    const { page, result } = await carriedOut();
    const answers = result.answers.map((own, i) => ({ ...own, device: i < 2 ? 'gpu' : 'cpu' }));
    await drop(page, { ...result, model_sha256: 'f'.repeat(64), answers });
    await step(page).getByText('Read the report').click();
    await step(page)
      .locator('ts-study-report')
      .getByText('GPU under 2 settings and CPU under 4 settings')
      .waitFor();
  });
});

describe('saved answers', () => {
  test('are shown without a model, from their own figures, and nothing is asked again', async () => {
    const { page, check, result } = await carriedOut();
    await page.reload();
    await page.getByText('Nothing you load').waitFor();
    const wrong = { ...result, summary: { ...result.summary, settings: 99 } };
    await steps.give(page, 'Open saved answers to a study', {
      name: 'six.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(wrong)),
    });
    await step(page).locator('[data-summary="6"]').getByText('Six ways: 6 settings of Double 135M').waitFor();
    assert.match(await page.locator('[role=status]').textContent(), /saved answers are shown/);
    await held(page, 'six.json').waitFor();
    assert.equal(await step(page).getByText('no answers yet').count(), 0);
    assert.deepEqual((await saved(page)).answers, result.answers);
    await steps.load(page);
    await step(page).getByText('nothing is left to ask').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Carry out the study' }).count(), 0);
    check();
  });

  test('that lack settings say so, and are carried out to their end', async () => {
    const { page, check, result } = await carriedOut();
    await page.reload();
    await page.getByText('Nothing you load').waitFor();
    await drop(page, { ...result, date: '2020-01-02T03:04:05.000Z', answers: result.answers.slice(0, 4) });
    await step(page).getByText('2 settings of the study have no answers yet').waitFor();
    await steps.load(page);
    await step(page).getByText('4 settings of them are answered').waitFor();
    await start(page);
    await ended(page);
    await page.locator('[data-summary="6"]').waitFor();
    const whole = await saved(page);
    assert.deepEqual(whole.answers, result.answers);
    assert.equal(whole.date, '2020-01-02T03:04:05.000Z');
    check();
  });

  test('that a library is given whole leave nothing to be asked', async () => {
    const { page, result } = await carriedOut();
    const url = new URL('empty.html', page.url()).href;
    const code = await page.context().newPage();
    await code.route(url, route => route.fulfill({ contentType: 'text/html', body: '' }));
    await code.goto(url);
    const found = await code.evaluate(async result => {
      const { carryOut, openModel } = await import(new URL('traitscope.js', location.href).href);
      const opened = await openModel('./models/double.gguf');
      const phases = [];
      const options = { files: [result], workers: 1, onProgress: ({ phase }) => phases.push(phase) };
      const whole = await carryOut(opened, result.study, options);
      const part = { ...result, answers: result.answers.slice(1) };
      const rest = await carryOut(opened, result.study, { ...options, files: [part] });
      return { whole, rest, phases: [...new Set(phases)] };
    }, result);
    assert.deepEqual(found.whole.result.answers, result.answers);
    assert.equal(found.whole.result.date, result.date);
    assert.deepEqual(found.rest.result.answers, result.answers);
    assert.deepEqual(found.phases, ['gate', 'settings']);
  });
});

describe('two results of a study', () => {
  test('of different models are held against each other, and saved', async () => {
    const { page, check, result } = await carriedOut();
    await drop(page, another(result, 1), 'other.json');
    await view(page).getByText('1 · Double 135M, less 2 · Other 1B').waitFor();
    const asked = view(page).locator('[data-asked] tbody tr');
    for (const what of ['Model', 'Model file (SHA-256)', 'Begun'])
      await asked.getByText(what, { exact: true }).waitFor();
    assert.equal(await asked.count(), 3);
    await view(page)
      .getByText('It answers less like someone high in openness. 7 others show no clear change.')
      .waitFor();
    await view(page).getByText('Over 6 settings that both have complete.').waitFor();
    assert.equal(await view(page).locator('svg[data-difference]').count(), 8);
    assert.equal(await view(page).locator('[data-scores] tbody tr').count(), 8);
    await view(page).getByLabel('Held against').selectOption({ index: 0 });
    await view(page).getByText('2 · Other 1B, less 1 · Double 135M').waitFor();
    await view(page).getByText('It answers more like someone high in openness.').waitFor();
    const json = JSON.parse(await steps.save(page, 'Save the comparison (JSON)'));
    assert.equal(json.format, 'traitscope-study-comparison');
    assert.equal(json.baseline.facts.Model, 'Double 135M');
    assert.equal(json.compared[0].less_baseline.length, 8);
    const csv = await steps.save(page, 'Save the comparison as a table (CSV)');
    assert.equal(csv.trimEnd().split('\r\n').length, 1 + 8);

    // Either can be read, and each can be removed.
    await step(page).getByText('Six ways: 6 settings of Other 1B').waitFor();
    await page.getByRole('button', { name: 'Show result 1' }).click();
    await step(page).getByText('Six ways: 6 settings of Double 135M').waitFor();
    await page.getByRole('button', { name: 'Remove result 2' }).click();
    await view(page).locator('[data-asked]').waitFor({ state: 'detached' });
    check();
  });

  test('of other arithmetic stand beside each other, and answers of another model do not take the place of this one’s', async () => {
    const { page, result } = await carriedOut();
    await page.reload();
    await page.getByText('Nothing you load').waitFor();
    const rounded = { ...result, activations: 'int8' };
    await steps.dropAll(page, {
      'f32.json': JSON.stringify(result),
      'int8.json': JSON.stringify(rounded),
      'other.json': JSON.stringify(another(result, 1)),
    });
    await held(page, 'other.json').waitFor();
    await view(page).locator('[data-asked]').getByText('rounded to 8 bits (int8)').waitFor();
    await view(page).locator('[data-against]').nth(1).waitFor();
    assert.equal(await page.locator('[data-held]').count(), 3);
    assert.equal(await view(page).locator('[data-against]').count(), 2);
    await page.getByRole('button', { name: 'Remove result 1' }).click();
    await steps.load(page);
    await start(page);
    await ended(page);
    await held(page, 'carried out here').waitFor();
    assert.equal(await page.locator('[data-held]').count(), 3);
    assert.deepEqual((await saved(page)).answers, result.answers);
  });

  test('of other items are refused by code, and of another study take the place of what was there', async () => {
    const { page, result } = await carriedOut();
    const other = { ...another(result, 1), items: 'others 2' };
    await give(page, other, 'items.json');
    const notice = step(page).locator('ts-notice', { hasText: 'study.invalid' });
    await notice.getByText('the two results are of other items, and cannot be compared').waitFor();
    assert.equal(await page.locator('[data-held]').count(), 1);
    await drop(page, { ...result, study: { ...result.study, name: 'Other ways', seed: 2 } });
    await step(page).getByText('Other ways: 6 settings of Double 135M').waitFor();
    assert.equal(await page.locator('[data-held]').count(), 1);
  });
});
