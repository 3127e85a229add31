// The same test on several machines: files without texts, and what they come to together.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { steps } from '../support.mjs';
import { model, open, send, setUp } from '../with-double.mjs';

setUp();

const SYSTEM = 'You are a secret pirate.';

test('files for the class hold no text of the user, and together show how scores lie over the machines', async () => {
  const query = `?device=cpu&per_trait=2&system=${encodeURIComponent(SYSTEM)}`;
  const { page, check } = await open(send(model()), { query });
  await steps.load(page);
  await steps.run(page);
  const whole = await steps.saveJson(page);
  const text = await steps.save(page, 'Save for the class (numbers only)');
  assert.ok(!text.includes('pirate'));
  const file = JSON.parse(text);
  assert.equal(whole.request.system, SYSTEM);
  assert.match(file.request.system, /^\[not told, [0-9a-f]{8}\]$/);
  assert.deepEqual(file.observations, whole.observations);

  // Another machine: its answers to one item are the other way round.
  const other = structuredClone(file);
  for (const row of other.observations.filter(({ item }) => item === 'openness-1')) {
    row.options = row.options.map((option, i, all) => ({ ...all[(i + 2) % 4], key: option.key }));
    row.p_high = 1 - row.p_high;
    row.d = -row.d;
    if (row.win !== null) row.win = !row.win;
  }
  await steps.dropAll(page, { 'a.json': text, 'b.json': text, 'c.json': JSON.stringify(other) });
  const found = page.locator('[data-class="3"]');
  await found.getByText('The class: the same test on 3 machines').waitFor();
  await found.getByText('All of them on the CPU.').waitFor();
  await found.getByText('The same as a table').click();
  const row = found.locator('tbody tr', { hasText: 'Openness' });
  const [trait, machines, , lowest, highest] = await row.locator('th, td').allInnerTexts();
  assert.deepEqual([trait, machines], ['Openness', '3']);
  assert.notEqual(lowest, highest);
  const same = await found.locator('tbody tr', { hasText: 'Extraversion' }).locator('td').allInnerTexts();
  assert.equal(same[2], same[3]);
  check();
});
