// A study of many settings in the real page with the real model, on the CPU: what the page saves has to be what the terminal program says,
// and either goes on with the other's answers. Needs what model.test.mjs needs.

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { terminal, visits } from '../model-support.mjs';
import { dist, root, steps } from '../support.mjs';

const MINUTES = 60_000;
describe('profiles', { timeout: 30 * MINUTES }, () => {
  const open = visits();

  /** The study of profiles, made small: two traits, four of its settings, both ways of reading. */
  async function small() {
    const study = JSON.parse(await readFile(join(root, 'studies/profiles.json'), 'utf8'));
    study.items = { per_trait: 1, traits: ['Extraversion', 'Agreeableness'] };
    study.inventory.per_domain = 1;
    study.readouts = ['letters', 'continuation'];
    study.templates = ['T1-roman'];
    study.failing = 'ask';
    study.gate = 8;
    study.settings = 4;
    return study;
  }

  const inTerminal = (file, ...more) =>
    terminal('study', '--study', file, '--inventories', join(dist, 'items/ipip'), ...more);

  test('under frames, instructions, biographies and other labels give the numbers of the terminal', async () => {
    const file = join(open.folder, 'study.json');
    await writeFile(file, JSON.stringify(await small()));
    const theirs = await inTerminal(file);
    const part = join(open.folder, 'part.json');
    await writeFile(part, JSON.stringify({ ...theirs, answers: theirs.answers.slice(0, 2) }));

    const { page, check } = await open.visit('?device=cpu');
    await steps.load(page, 5 * MINUTES);
    const step = page.locator('ts-settings-step');
    await steps.give(page, 'Use a study of your own', file);
    await step.getByText('4 settings').first().waitFor();
    await page.getByRole('button', { name: 'Carry out the study' }).click();
    await page.locator('[data-settings=done], [data-settings=failed]').waitFor({ timeout: 15 * MINUTES });
    const ours = JSON.parse(await steps.save(page, 'Save the answers'));

    const settings = ({ answers }) => answers.map(({ setting, rows, locked }) => [setting, rows, locked]);
    assert.deepEqual(settings(ours), settings(theirs));
    for (const [i, { values }] of ours.answers.entries()) {
      const wanted = theirs.answers[i].values;
      assert.deepEqual(
        values.map(({ item, readout, scale }) => [item, readout, scale]),
        wanted.map(({ item, readout, scale }) => [item, readout, scale]),
      );
      for (const [j, { value }] of values.entries()) {
        const scale = wanted[j].readout === 'letters' && !wanted[j].statement ? 100 : 1;
        const apart = Math.abs(value - wanted[j].value) / scale;
        assert.ok(apart < 0.01, `${wanted[j].item}: ${value}, ${wanted[j].value}`);
      }
    }
    assert.deepEqual(ours.readouts, theirs.readouts);
    assert.deepEqual(
      ours.gate.map(({ readout, right }) => [readout, right]),
      theirs.gate.map(({ readout, right }) => [readout, right]),
    );

    // The page goes on with what the terminal began, and the terminal takes what the page saved.
    await steps.give(page, 'Use a study of your own', part);
    await step.getByText('2 settings of them are answered').waitFor();
    await page.getByRole('button', { name: 'Carry out the study' }).click();
    await page.locator('[data-finished]').first().waitFor();
    await page.locator('[data-settings=done]').waitFor({ timeout: 15 * MINUTES });
    const joined = JSON.parse(await steps.save(page, 'Save the answers'));
    assert.deepEqual(settings(joined), settings(theirs));
    const saved = join(open.folder, 'page.json');
    await writeFile(saved, JSON.stringify(joined));
    const again = await inTerminal(file, '--with', saved);
    assert.deepEqual(settings(again), settings(theirs));
    check();
  });
});
