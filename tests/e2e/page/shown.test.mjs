// What stands on the page is what stands in the saved result: every figure of the tables, charts and letters. And the
// policy of the page, tried rather than read. With the double.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { steps } from '../support.mjs';
import { model, open, send, setUp } from '../with-double.mjs';

setUp();

/** The numbers in a text, in their order; a minus may be the typographic one. */
const numbers = text =>
  [...text.matchAll(/[−-]?\d+(?:\.\d+)?/g)].map(([found]) => Number(found.replace('−', '-')));

/** Fails unless each number is the value beside it, rounded to so many digits. */
function shows(text, values, digits, what) {
  const found = numbers(text);
  assert.equal(found.length, values.length, `${what}: ${text}`);
  for (const [i, value] of values.entries()) {
    const rounding = 0.5 * 10 ** -digits[i] + 1e-9;
    assert.ok(Math.abs(found[i] - value) <= rounding, `${what}: ${found[i]} for ${value} in ${text}`);
  }
}

/** The panel of a way of reading, opened. */
async function panelOf(page, readout) {
  const panel = page.locator(`[data-offered=${readout}], [data-not-offered=${readout}]`);
  // It is folded itself where it is not offered, and what is folded in it comes after it.
  const outer = await panel.and(page.locator('details')).all();
  for (const details of [...outer, ...(await panel.locator('details').all())]) {
    if (!(await details.evaluate(({ open }) => open))) await details.locator('summary').first().click();
  }
  return panel;
}

test('every figure of a result is the one that is saved', async () => {
  const { page } = await open(send(model()), { query: '?per_trait=6&failing=ask' });
  await steps.loadAndRun(page);
  const run = await steps.saveJson(page);
  const scores = run.summary.scores.filter(({ readout }) => readout === 'continuation');
  assert.equal(scores.length, 8);
  const panel = await panelOf(page, 'continuation');
  const rows = await panel.locator('ts-score-table tbody tr').all();
  const spoken = await panel.locator('ts-score-chart [role=listitem]').allTextContents();
  assert.deepEqual([rows.length, spoken.length], [8, 8]);
  for (const [i, score] of scores.entries()) {
    const cells = (await rows[i].locator('th, td').allTextContents()).map(text => text.trim());
    assert.equal(cells[0], score.trait);
    shows(cells[1], [score.score, score.low, score.high], [1, 0, 0], `score of ${score.trait}`);
    const weight = [score.expected, score.expected_low, score.expected_high];
    shows(cells[2], weight, [1, 0, 0], `weight of ${score.trait}`);
    shows(cells[3], [score.d, score.d_low, score.d_high], [2, 2, 2], `d of ${score.trait}`);
    shows(cells[4], [score.items], [0], `items of ${score.trait}`);
    const named = new RegExp(`^${score.trait}: (\\d+) of 100, 95% interval (.*), average weight .* (\\d+)$`);
    const [, value, interval, average] = spoken[i].match(named) ?? assert.fail(spoken[i]);
    shows(value, [score.score], [0], `chart of ${score.trait}`);
    shows(interval, [score.low, score.high], [0, 0], `interval of ${score.trait}`);
    shows(average, [score.expected], [0], `average of ${score.trait}`);
    const drawn = panel.locator('ts-score-chart svg[data-score]').nth(i);
    const at = Number.parseFloat(await drawn.locator('.point').getAttribute('cx'));
    assert.ok(Math.abs(at - score.score) < 1e-9, `${score.trait} is drawn at ${at}`);
  }

  const letters = run.summary.letters;
  assert.ok(letters.histogram.some(count => count > 0));
  const asked = await panelOf(page, 'letters');
  const shares = await asked.locator('ts-letters-panel .grid span').allTextContents();
  const table = await asked.locator('ts-letters-panel tbody tr').allTextContents();
  const total = letters.histogram.reduce((sum, count) => sum + count, 0);
  for (const [i, count] of letters.histogram.entries()) {
    shows(shares[i], [(100 * count) / total, count], [0, 0], `letter ${i + 1}`);
    shows(table[i], [(100 * count) / total, count], [0, 0], `letter ${i + 1} in the table`);
  }
  const mass = await asked.getByText(/^\s*Option mass:/).textContent();
  shows(mass.split('%')[0], [100 * letters.option_mass], [0], 'option mass');
  for (const { kind, share, compared } of run.summary.sensitivities.filter(
    ({ readout }) => readout === 'letters',
  )) {
    const words = { order: 'when the answers change places', template: 'T1 to T3)' }[kind];
    const line = await asked.getByText('Its choice between high and low changes').textContent();
    shows(line.split(words)[1].split('comparison')[0], [100 * share, compared], [0, 0], kind);
  }
  for (const { readout, right, questions } of run.summary.gate) {
    await page
      .locator(`[data-gate=${readout}]`, { hasText: `${right} of ${questions} factual questions right` })
      .waitFor();
  }
});

test('the policy: no other origin is reached, no text becomes markup', async () => {
  const { page } = await open(send(model()));
  const tried = await page.evaluate(async () => {
    const violations = [];
    document.addEventListener('securitypolicyviolation', event => violations.push(event.effectiveDirective));
    const reached = await fetch('https://example.com/', { mode: 'no-cors' }).then(
      () => 'reached',
      error => error.name,
    );
    const markup = (() => {
      try {
        document.body.innerHTML = '<p>';
        return 'written';
      } catch (error) {
        return error.name;
      }
    })();
    await new Promise(resolve => setTimeout(resolve, 100));
    return { reached, markup, violations };
  });
  assert.deepEqual(tried, {
    reached: 'TypeError',
    markup: 'TypeError',
    violations: ['connect-src', 'require-trusted-types-for'],
  });
});
