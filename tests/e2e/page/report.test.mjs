// Saved tests that come back as files: read, printed, held against each other, and refused, with the double.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { steps } from '../support.mjs';
import { model, open, send, setUp } from '../with-double.mjs';

setUp();

const QUERY = '?per_trait=5&readouts=continuation&gate=8&workers=1';

/** A page with a finished test, and what it saved. */
async function finished(query = QUERY) {
  const opened = await open(send(model()), { query });
  await steps.load(opened.page);
  await steps.run(opened.page);
  const json = await steps.save(opened.page, 'Save the results');
  return { ...opened, json, run: JSON.parse(json) };
}

/** The test of another model, which answers the items of a trait otherwise by so much. */
function another(run, trait, shift) {
  const observations = run.observations.map((row, i) =>
    row.trait === trait ? { ...row, d: row.d + shift + (i % 3) / 100 } : row,
  );
  const date = '2020-01-02T03:04:05.000Z';
  return { ...run, date, model: { ...run.model, name: 'Other 1B', sha256: 'e'.repeat(64) }, observations };
}

const drop = (page, value, name = 'saved.json') =>
  steps.drop(page, name, typeof value === 'string' ? value : JSON.stringify(value));
const entry = (page, number) => page.locator(`[data-report="${number}"]`);

describe('a saved test', () => {
  test('is opened without a model, whatever its name says, and its figures are computed again', async () => {
    const { page, check, json, run } = await finished();
    const csv = await steps.save(page, 'Save as a table (CSV)');
    await page.reload();
    await page.getByText('The test has 40 items.').waitFor();
    await drop(page, json, 'items.json');
    await entry(page, 1).getByText('Double 135M').waitFor();
    await entry(page, 1).getByText('items.json').waitFor();
    assert.match(await page.locator('[role=status]').textContent(), /saved results are open/);
    assert.equal(await page.getByText('The figures that the file itself gives').count(), 0);
    await entry(page, 1).getByText('Read the report').click();
    const report = entry(page, 1).locator('ts-report');
    await report.getByText('The continuation read-out got 7 of 8 factual questions right').waitFor();
    assert.equal(await report.locator('[data-reported=continuation] svg[data-score]').count(), 8);
    for (const fact of [run.model.sha256, 'Q4_1', 'double-items, version 1', '40 items', 'none']) {
      await report.locator('dd', { hasText: fact }).first().waitFor();
    }

    // Figures of the file's own are told from those of its answers.
    const summary = { ...run.summary, scores: run.summary.scores.map(score => ({ ...score, score: 99 })) };
    await drop(page, { ...run, summary });
    await entry(page, 2)
      .getByText('The figures that the file itself gives are not those of its answers')
      .waitFor();

    // A table does not hold what was asked.
    await drop(page, csv, 'answers.csv');
    await entry(page, 3).getByText('it is not known whether these answers can be read').waitFor();
    await page.getByRole('button', { name: 'Remove report 2' }).click();
    await entry(page, 3).waitFor({ state: 'detached' });
    await entry(page, 2).getByText('answers.csv').waitFor();
    await page.getByText('The test has 40 items.').waitFor();
    check();
  });

  test('that cannot be used is refused with a code, and all else stays', async () => {
    const { page, check, json, run } = await finished();
    await drop(page, another(run, 'Openness', 1));
    await entry(page, 1).waitFor();
    const refused = async (code, value, name) => {
      await drop(page, value, name);
      await page.locator('ts-reports ts-notice', { hasText: code }).waitFor();
      assert.equal(await page.locator('ts-reports [data-report]').count(), 2);
      assert.equal(await page.locator('[data-offered=continuation] svg[data-score]').count(), 8);
    };
    await refused('report.format', { format: 'traitscope-effect', format_version: 1 });
    await refused('report.version', { ...run, format_version: 2 });
    await refused('report.invalid', { ...run, observations: [{ ...run.observations[0], d: 'NaN' }] });
    await page.getByText('observations[0].d is “NaN”, and a number is needed').waitFor();
    await refused('report.invalid', json.slice(0, json.length / 2));
    const header = (await steps.save(page, 'Save as a table (CSV)')).split('\r\n')[0];
    await refused('report.invalid', `${header}\r\n=HYPERLINK("http://x")\r\n`, 'a.csv');
    const dataTransfer = await page.evaluateHandle(() => {
      const data = new DataTransfer();
      data.items.add(new File(['{"format":"traitscope-run"', new Uint8Array(64 << 20)], 'large.json'));
      return data;
    });
    await page.dispatchEvent('body', 'drop', { dataTransfer });
    await page.locator('ts-reports ts-notice', { hasText: 'report.size' }).waitFor();
    await steps.give(page, 'Open saved results', { name: 'x.json', mimeType: '', buffer: Buffer.from('[]') });
    await page.locator('ts-reports ts-notice', { hasText: 'report.format' }).waitFor();

    // Items are still items.
    const item = { personality: 'Courage', situation: 'S.', query: 'Q?', response_high1: 'a' };
    await drop(page, [{ ...item, response_high2: 'b', response_low1: 'c', response_low2: 'd' }], 'mine.json');
    await page.getByText('mine.json, 1 item').waitFor();
    await drop(page, json);
    await page.locator('ts-reports ts-notice', { hasText: 'report.' }).waitFor({ state: 'detached' });
    check();
  });
});

describe('several saved tests together', () => {
  test('come in each by itself: what is broken is named, and the others are taken', async () => {
    const { page, check, json, run } = await finished('?per_trait=1&readouts=continuation&gate=8&workers=1');
    const csv = await steps.save(page, 'Save as a table (CSV)');
    await page.reload();
    await page.getByText('Nothing you load').waitFor();
    const notices = page.locator('ts-reports ts-notice[kind=bad]');
    const files = {
      'ada.json': json,
      'broken.json': json.slice(0, json.length / 2),
      'later.json': JSON.stringify({ ...run, format_version: 2 }),
      'ben.csv': csv,
    };
    await steps.dropAll(page, files);
    await entry(page, 1).getByText('ada.json').waitFor();
    await entry(page, 2).getByText('ben.csv').waitFor();
    await notices.filter({ hasText: '“broken.json”: the saved test' }).getByText('report.invalid').waitFor();
    await notices.filter({ hasText: '“later.json”: ' }).getByText('report.version').waitFor();

    // The same where they are chosen; what was refused before is no longer told of.
    await steps.give(
      page,
      'Open saved results',
      ['ada.json', 'ben.csv', 'later.json'].map(name => ({
        name,
        mimeType: '',
        buffer: Buffer.from(files[name]),
      })),
    );
    await entry(page, 4).getByText('ben.csv').waitFor();
    await notices.nth(1).waitFor({ state: 'detached' });
    assert.equal(await notices.count(), 1);
    check();
  });
});

describe('two tests side by side', () => {
  test('the older is what the other is held against, unless another is chosen', async () => {
    const { page, check, run } = await finished();
    await drop(page, another(run, 'Openness', 1));
    const view = page.locator('ts-comparison');
    await view.getByText('2 · Double 135M, less 1 · Other 1B').waitFor();
    const asked = view.locator('[data-asked]');
    for (const what of ['Model', 'Model file (SHA-256)'])
      await asked.getByText(what, { exact: true }).waitFor();
    assert.equal(await asked.locator('tbody tr').count(), 2);
    assert.equal(await view.locator('[data-scores] tbody tr').count(), 8);
    await view
      .getByText('It answers less like someone high in openness. 7 others show no clear change.')
      .waitFor();
    await view.getByText('Over 40 items that both have complete.').waitFor();
    await view.getByText('The differences as a table').click();
    const openness = view.locator('table.wide tbody tr', { hasText: 'Openness' });
    assert.match(await openness.textContent(), /−1\.01\s+−1\.0\d to −1\.0\d/);
    assert.equal(await view.locator('svg[data-difference]').count(), 8);

    await view.getByLabel('Held against').selectOption({ index: 1 });
    await view.getByText('It answers more like someone high in openness.').waitFor();
    const saved = JSON.parse(await steps.save(page, 'Save the comparison (JSON)'));
    assert.equal(saved.baseline.facts.Model, 'Double 135M');
    assert.equal(saved.compared[0].less_baseline.traits.length, 8);
    const csv = await steps.save(page, 'Save the comparison as a table (CSV)');
    assert.equal(csv.trimEnd().split('\r\n').length, 1 + 8);
    check();
  });

  test('a test of the page is put aside, and another asked otherwise beside it', async () => {
    const { page, check } = await finished(
      '?inventory=ipip-neo-120.en&per_trait=5&readouts=continuation&gate=8',
    );
    await page.getByRole('button', { name: 'Put aside to compare' }).click();
    await entry(page, 1).getByText('the test above').waitFor();
    await page.getByLabel('How many').selectOption('12 of each domain');
    await page.getByText('60 statements, after').waitFor();
    await steps.run(page);
    const view = page.locator('ts-comparison');
    await view
      .getByText('Over 25 statements that both have complete; 35 that only one has are left out.')
      .waitFor();
    assert.equal(await view.locator('[data-asked] tbody tr').count(), 1);
    await view.locator('[data-asked]').getByText('60 statements').waitFor();
    assert.equal(await view.locator('[data-scores] tbody tr').count(), 5);
    check();
  });

  test('what cannot be compared says why, and what is known to mean nothing is not offered', async () => {
    const { page, run } = await finished('?per_trait=1&readouts=continuation&gate=8');
    const view = page.locator('ts-comparison');
    const others = run.observations.map(row => ({ ...row, item: `other ${row.item}` }));
    await drop(page, { ...run, observations: others });
    await view.getByText('they have no item in common').waitFor();
    await page.getByRole('button', { name: 'Remove report 1' }).click();
    const gate_answers = run.gate_answers.map(answer => ({ ...answer, right: false }));
    await drop(page, { ...run, gate_answers });
    await view.locator('[data-doubtful]').getByText('Continuation: not offered, and why').waitFor();
  });
});

describe('the report', () => {
  test('is what is printed: black on white, on one page, and nothing else', async () => {
    const { page, check, run } = await finished();
    const paper = page.locator('ts-report.paper');
    assert.equal(await paper.count(), 0);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await paper.waitFor();
    assert.ok(await page.locator('ts-model-step').isHidden());
    await paper.getByText(run.model.sha256).waitFor();
    assert.equal(await paper.locator('svg[data-score]').count(), 8);
    await paper.getByRole('img', { name: 'highest' }).waitFor();
    assert.equal(await paper.locator('table tbody tr').count(), 8);
    await paper.getByText('predict how the model behaves in a conversation').waitFor();
    const colours = await page.evaluate(() => {
      const { color, backgroundColor } = getComputedStyle(document.documentElement);
      return [color, backgroundColor];
    });
    assert.deepEqual(colours, ['rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
    // Paper answers no question.
    assert.ok((await paper.locator('ts-help').count()) > 0);
    assert.equal(await paper.locator('ts-help:visible, .helps:visible').count(), 0);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    assert.equal(pdf.toString('latin1').match(/\/Type \/Page\b/g).length, 1);
    await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
    await paper.waitFor({ state: 'detached' });
    check();
  });

  test('of a file is printed on request', async () => {
    const { page, check, run } = await finished();
    await page.evaluate(() => {
      window.print = () => {
        const { shadowRoot } = document.querySelector('traitscope-app');
        window.printed = shadowRoot.querySelector('ts-report.paper')?.shadowRoot.textContent;
        dispatchEvent(new Event('afterprint'));
      };
    });
    await page.getByRole('button', { name: 'Print the report' }).click();
    await page.waitForFunction(() => window.printed?.includes('Test of Double 135M'));
    await drop(page, another(run, 'Openness', 1));
    await entry(page, 1).getByText('Read the report').click();
    await page.getByRole('button', { name: 'Print this report' }).click();
    await page.waitForFunction(() => window.printed.includes('Test of Other 1B'));
    assert.equal(await page.locator('ts-report.paper').count(), 0);
    check();
  });
});
