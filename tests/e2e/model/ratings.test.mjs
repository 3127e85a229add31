// Inventories of statements in the real page with the real model, on the CPU: what the page exports has to be what the terminal
// program says, and files of the user's own are read. Needs what model.test.mjs needs.

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { terminal, visits } from '../model-support.mjs';
import { allPlaces, dist, root, serve, steps, watchedPage } from '../support.mjs';

const MINUTES = 60_000;
const TOLERANCE = 0.01;
describe('statements rated', { timeout: 30 * MINUTES }, () => {
  const open = visits();

  test('IPIP-NEO-120 chosen in the page gives the numbers of the terminal, in both read-outs', async () => {
    const { page, check } = await open.visit('?device=cpu&gate=8&failing=ask&templates=T1');
    await steps.load(page, 5 * MINUTES);
    await page.getByText('IPIP-NEO', { exact: true }).click();
    await page.getByText('120 statements, after statements of fact').waitFor();
    assert.match(page.url(), /inventory=ipip-neo-120\.en/);
    await page.locator('ts-test-step').getByRole('combobox', { name: 'Language' }).selectOption('de');
    await page.getByRole('combobox', { name: 'How many' }).selectOption('5');
    await page.locator('ts-test-step').getByRole('combobox', { name: 'Language' }).selectOption('en');
    await page.getByText('25 statements, after statements of fact').waitFor();
    await steps.run(page, 10 * MINUTES);
    const run = await steps.saveJson(page);
    assert.equal(run.ratings.length, 25 * 3);
    assert.equal(run.facts.length, 16 * 3);
    assert.equal(run.observations.length + run.gate_answers.length, 0);

    const whole = JSON.parse(await readFile(join(dist, 'items/ipip/ipip-neo-120.en.json'), 'utf8'));
    const some = join(open.folder, 'some.json');
    const items = whole.items.filter(({ id }) => run.items.ids.includes(id));
    await writeFile(some, JSON.stringify({ ...whole, items }));
    const asked = ['--items', some, '--readout', 'letters,continuation', '--templates', 'T1', '--gate', '8'];
    const theirs = await terminal('score', ...asked, '--seed', '1', '--device', 'cpu');
    const key = ({ item, readout, layout }) => [item, readout, layout].join(' ');
    for (const kind of ['ratings', 'facts']) {
      const ours = new Map(run[kind].map(row => [key(row), row]));
      assert.equal(ours.size, theirs[kind].length);
      for (const row of theirs[kind]) {
        const found = ours.get(key(row));
        assert.ok(Math.abs(found.value - row.value) < TOLERANCE, `${key(row)}: ${found.value}, ${row.value}`);
        for (const [i, option] of row.options.entries()) {
          const share = Math.abs(Math.exp(found.options[i].logprob) - Math.exp(option.logprob));
          assert.ok(share < TOLERANCE && found.options[i].tokens === option.tokens, key(row));
        }
      }
    }
    const score = ({ scores }) => scores.map(s => [s.domain, s.facet, s.readout, s.items]);
    assert.deepEqual(score(run.summary.likert), score(theirs.likert));
    assert.equal(run.summary.likert.locked, theirs.likert.locked);
    assert.deepEqual(
      run.summary.likert.gate.map(({ readout, right, passes }) => [readout, right, passes]),
      theirs.likert.gate.map(({ readout, right, passes }) => [readout, right, passes]),
    );
    // This model rates what is true no better than what is not: no score is offered, and the page says so.
    await page.getByText('No trait score is offered:').waitFor();
    assert.equal(await page.locator('[data-not-offered]').count(), 2);
    check();
  });

  test('files of one’s own: statements as CSV, items as parquet, and what is wrong with a file', async () => {
    const { page, check } = await open.visit('?device=cpu&gate=0&readouts=continuation');
    await steps.load(page, 5 * MINUTES);
    const give = (name, buffer) =>
      steps.give(page, 'Use items of your own', { name, mimeType: '', buffer: Buffer.from(buffer) });
    await give(
      'mpi.csv',
      'label_raw,text,label_ocean,key\nTalk,Talk a lot,E,1\nTalk,Keep in the background,E,-1\n',
    );
    await page.getByText('mpi.csv, 2 statements').waitFor();
    await steps.run(page, 5 * MINUTES);
    const run = await steps.saveJson(page);
    assert.deepEqual(
      run.ratings.map(({ domain, facet, keyed }) => [domain, facet, keyed]),
      [
        ['Extraversion', 'Talk', 'plus'],
        ['Extraversion', 'Talk', 'minus'],
      ],
    );
    const csv = await steps.save(page, 'Save as a table (CSV)');
    assert.equal(csv.trimEnd().split('\r\n').length, 1 + 2 * 5);

    await give('openness.parquet', await readFile(join(root, 'tests/reference/items/openness.parquet')));
    await page.getByText('openness.parquet, 2 items').waitFor();
    await give('bad.csv', 'text,domain,keyed\nI talk.,E,perhaps\n');
    await page.getByText(/row 1, field keyed/).waitFor();
    await give('bad.parquet', 'PAR1 and nothing more');
    await page.getByText(/parquet file cannot be read/).waitFor();
    check();
  });

  test('an inventory that cannot be fetched is said, and the items can still be given', async () => {
    const gone = await serve(dist, {
      'items/ipip/ipip-neo-120.fr.json': (_, response) => response.writeHead(404).end(),
    });
    try {
      const { page } = await watchedPage(open.browser.context, gone.origin);
      await page.goto(gone.url + allPlaces('?device=cpu&inventory=ipip-neo-120.fr'));
      await page.getByText('network.failed').waitFor();
      assert.ok(await page.getByRole('button', { name: 'Load the model and run the test' }).isVisible());
    } finally {
      await gone.close();
    }
  });
});
