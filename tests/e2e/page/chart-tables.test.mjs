// Every chart of the page, wherever it comes to be: it says in words what it shows, has its figures in a table, and can be saved. And
// what tables and charts measure is explained.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unfold } from '../axe.mjs';
import { unexplained } from '../headings.mjs';
import { ended, give, heldAgainstAnother, STUDY, start, step } from '../study-support.mjs';
import { steps } from '../support.mjs';
import { model, open, send, setUp } from '../with-double.mjs';

setUp();

const SMALL = '?device=cpu&workers=1&per_trait=5&readouts=continuation&gate=8';

/**
 * The kinds of charts: their marks, and what there is as often in a table of theirs, or more often (`least`) where that holds more:
 * its rows, its cells, or those of its cells that are numbers with decimals.
 */
const KINDS = {
  'ts-score-chart': { marks: '.grid .point', in: 'rows' },
  // A second shape has bars and a table of its own.
  'ts-score-radar': { marks: 'svg[role=img] .first.point', in: 'rows', least: true },
  'ts-gate-panel': { marks: '.card svg', in: 'rows' },
  'ts-letters-panel': { marks: '.share', in: 'rows' },
  'ts-likert-result': { marks: '.grid .point', in: 'rows', least: true },
  'ts-trace-chart': { marks: 'polyline', each: 'points', by: '[^ ]+', in: 'numbers' },
  'ts-layer-map': {
    marks: '.scroll path:not(.stroke, .answer)',
    each: 'd',
    by: 'M',
    in: 'cells',
  },
  'ts-dose-chart': { marks: '.point', in: 'rows', least: true },
  'ts-specificity-result': { marks: 'td', in: 'rows' },
  'ts-monitor-chart': { marks: '.one', in: 'rows' },
  'ts-ladder-chart': { marks: 'circle', in: 'rows' },
  'ts-plane-chart': { marks: 'circle', in: 'rows' },
  'ts-difference-chart': { marks: '.point', in: 'rows' },
  'ts-class': { marks: '.grid .machine', in: 'numbers' },
};

/** Runs in the page: the charts in sight with the tables that come in or after each, in the order of reading. */
function read(kinds) {
  const found = [];
  let awaiting = [];
  let within = null;
  const table = element => {
    const cells = [...element.querySelectorAll('tbody td')].map(cell => cell.textContent.trim());
    return {
      heads: element.querySelectorAll('thead th[scope=col]').length,
      bare: element.querySelectorAll('th:not([scope])').length,
      rows: element.querySelectorAll('tbody tr:has(td)').length,
      cells: cells.length,
      numbers: cells.filter(text => /^[+−]?\d+[.,]\d+$/.test(text)).length,
    };
  };
  const chart = element => {
    const [first] = element.children;
    const kind = kinds[first.localName] ? first.localName : element.getRootNode().host.localName;
    const { marks, each, by } = kinds[kind] ?? { marks: '*' };
    const drawn = [
      ...(first.shadowRoot && kinds[first.localName] ? first.shadowRoot : element).querySelectorAll(marks),
    ];
    const count = each
      ? drawn.flatMap(mark => mark.getAttribute(each).match(new RegExp(by, 'g')) ?? []).length
      : drawn.length;
    const buttons = [...element.shadowRoot.querySelectorAll('button')].map(button => button.ariaLabel);
    return { kind, label: element.label, marks: count, buttons, says: [], tables: [] };
  };
  const say = element => {
    const role = element.getAttribute('role');
    const by = element.getAttribute('aria-describedby');
    if (role === 'img' || role === 'list') within.says.push(element.getAttribute('aria-label') ?? '');
    if (by) within.says.push(element.getRootNode().getElementById(by)?.textContent ?? '');
  };
  const walk = element => {
    const slot = element.localName === 'slot';
    if (!slot && !element.checkVisibility()) return;
    const outer = within;
    if (element.localName === 'ts-chart-actions') {
      within = chart(element);
      found.push(within);
      if (awaiting.some(({ tables }) => tables.length > 0)) awaiting = [];
      awaiting.push(within);
    }
    if (within) say(element);
    if (element.localName === 'table') for (const one of awaiting) one.tables.push(table(element));
    const parts = slot
      ? element.assignedElements({ flatten: true })
      : (element.shadowRoot ?? element).children;
    for (const part of parts) walk(part);
    within = outer;
  };
  walk(document.body);
  return found;
}

/** Fails unless the charts in sight are of these kinds, and each has what a chart has to have. */
async function complete(page, expected) {
  await unfold(page);
  assert.deepEqual(await unexplained(page), [], 'measures without a help or an entry of the glossary');
  const found = await page.evaluate(read, KINDS);
  assert.deepEqual(found.map(({ kind }) => kind).toSorted(), expected.toSorted());
  for (const { kind, label, marks, buttons, says, tables } of found) {
    const what = `${kind}, ${label}`;
    assert.deepEqual(buttons, [`Save as SVG: ${label}`, `Save as PNG: ${label}`]);
    assert.ok(label.length > 0 && says.length > 0, `${what}: without words`);
    for (const words of says) assert.match(words, /\d/, `${what}: ${words}`);
    assert.doesNotMatch(says.join(' '), /undefined|null|NaN/, what);
    assert.ok(marks > 0, `${what}: without marks`);
    assert.ok(tables.length > 0, `${what}: without a table`);
    for (const { heads, bare, rows } of tables) {
      assert.ok(heads > 1 && rows > 0, `${what}: a table with ${heads} headings and ${rows} rows`);
      assert.equal(bare, 0, `${what}: headings without a scope`);
    }
    const { in: counted, least } = KINDS[kind];
    const counts = tables.map(table => table[counted]);
    const enough = counts.some(count => (least ? count >= marks : count === marks));
    assert.ok(enough, `${what}: ${marks} marks, and tables with ${counts} ${counted}`);
  }
}

/** The page with all its places and the model loaded. */
async function loaded(query, plan = {}) {
  const opened = await open(send(model(plan)), { query });
  await steps.load(opened.page);
  return opened;
}

test('the example before there is a model', async () => {
  const { page, check } = await open(send(model()), { place: '?device=cpu#steer' });
  await page.locator('[data-example=steering]:visible ts-trace-chart').waitFor();
  await complete(page, ['ts-trace-chart']);
  check();
});

test('a test of items by both read-outs, and one whose letters are not offered', async () => {
  const { page, check } = await loaded('?device=cpu&per_trait=6&gate=8', { lettersPass: true });
  await steps.run(page);
  const both = ['ts-score-chart', 'ts-score-chart'];
  await complete(page, [...both, 'ts-score-radar', 'ts-gate-panel', 'ts-letters-panel']);
  check();
});

test('letters of the factual questions alone', async () => {
  const { page, check } = await loaded('?device=cpu&per_trait=2&gate=8');
  await steps.run(page);
  const letters = page.locator('h3', { hasText: 'Which letter it favoured in the factual questions' });
  await letters.waitFor({ state: 'attached' });
  await complete(page, ['ts-score-chart', 'ts-score-radar', 'ts-gate-panel', 'ts-letters-panel']);
  check();
});

test('an inventory of statements', async () => {
  const { page, check } = await loaded(`${SMALL}&inventory=ipip-neo-120.en`);
  await steps.run(page);
  await complete(page, ['ts-likert-result', 'ts-score-radar', 'ts-gate-panel']);
  check();
});

test('two texts with the map of their layers, a push, every direction, and a meter', async () => {
  const { page, check } = await loaded('?device=cpu');
  await page.getByRole('button', { name: 'Write both answers' }).click();
  await page.locator('[data-text=steered][data-done=length]').waitFor();
  await page.getByText('Every layer at once').click();
  await page.getByRole('button', { name: 'Read the steered answer' }).click();
  await page.locator('ts-layer-map').waitFor();
  assert.equal(await page.locator('ts-layer-table td').count(), 0, 'cells are made when they are asked for');
  await page.getByRole('button', { name: 'Ask under every dose' }).click();
  await page.locator('[data-study=done] ts-dose-chart').waitFor();
  await page.getByRole('button', { name: 'Read the meter and ask' }).click();
  await page.locator('[data-monitor=done]').waitFor();
  await complete(page, ['ts-trace-chart', 'ts-layer-map', 'ts-dose-chart', 'ts-monitor-chart']);
  await page.getByRole('radio', { name: /^Every direction/ }).check();
  await page.getByRole('button', { name: 'Push along every direction' }).click();
  await page.locator('[data-study=done] ts-specificity-result').waitFor();
  await complete(page, ['ts-trace-chart', 'ts-layer-map', 'ts-specificity-result', 'ts-monitor-chart']);
  check();
});

test('studies of settings along steps and over a plane, and two held against each other', async () => {
  const { page, check } = await loaded('?device=cpu&workers=1');
  await give(page, STUDY);
  await step(page).getByText('6 settings').first().waitFor();
  await heldAgainstAnother(page);
  await complete(page, ['ts-ladder-chart', 'ts-difference-chart']);
  const [{ levels }, order] = STUDY.factors;
  const plain = { name: 'step', levels: levels.map(({ name, system }) => ({ name, system })) };
  await give(page, { ...STUDY, name: 'No steps', factors: [plain, order] }, 'plain.json');
  await step(page).locator('option', { hasText: 'No steps' }).waitFor({ state: 'attached' });
  await start(page);
  await ended(page);
  await step(page).locator('ts-chart-actions ts-plane-chart').waitFor();
  await complete(page, ['ts-plane-chart']);
  check();
});

test('a comparison of tests, and a class', async () => {
  const { page, check } = await loaded(SMALL);
  await steps.run(page);
  const own = await steps.save(page, 'Save for the class (numbers only)');
  const test = ['ts-score-chart', 'ts-score-radar', 'ts-gate-panel'];
  await steps.drop(page, 'a.json', own);
  await page.locator('ts-comparison ts-difference-chart').waitFor();
  await complete(page, [...test, 'ts-difference-chart']);
  await steps.drop(page, 'b.json', own);
  await page.locator('[data-class="3"]').waitFor();
  await complete(page, [...test, 'ts-difference-chart', 'ts-difference-chart', 'ts-class']);
  check();
});

test('tables beside these: texts under doses, what is asked in words, own texts, and answers in words', async () => {
  const { page, check } = await loaded(`${SMALL}&dials=agreeableness:0.1`);
  const study = page.locator('ts-effect-step');
  await study.getByRole('radio', { name: /^How far/ }).check();
  await page.getByRole('button', { name: 'Write under every dose' }).click();
  await study.locator('[data-study=done] ts-coherence-result').waitFor();
  await page.getByText('Texts of your own').click();
  await page.getByLabel('Questions and answers').fill('Why?\tBecause.\nHow?\tSo.');
  await page.getByRole('button', { name: 'Read the texts' }).click();
  await page.locator('[data-texts=done]').waitFor();
  await complete(page, []);
  await study.getByRole('radio', { name: /^Full/ }).check();
  await page.getByRole('button', { name: 'Ask under every dose' }).click();
  await study.locator('[data-study=done] ts-persona-table').waitFor();
  await steps.run(page);
  await page.getByText('How often does it not answer at all?').click();
  await page.getByRole('button', { name: 'Have it answer in words' }).click();
  await page.locator('[data-refused]').waitFor();
  await complete(page, ['ts-dose-chart', 'ts-score-chart', 'ts-score-radar', 'ts-gate-panel']);
  check();
});
