// The same items in the terminal program, for tests of the page with a real model.

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { terminalOf } from './model-support.mjs';
import { root } from './support.mjs';

/** How far apart probabilities of the page and of the terminal may be. */
export const TOLERANCE = 0.01;

/** Writes a file of one item of each of two traits. */
export async function writeTwoItems(path) {
  const bank = JSON.parse(await readFile(join(root, 'items/bank.json'), 'utf8'));
  const traits = [...new Set(bank.items.map(item => item.personality))];
  const items = traits.slice(0, 2).map(trait => bank.items.find(item => item.personality === trait));
  await writeFile(path, JSON.stringify({ ...bank, items }));
}

/** What the terminal program makes of a file's items, with the model of a file. */
export async function observed(model, items, readout, more = []) {
  const letters = readout === 'letters' ? ['--templates', 'T1,T2,T3', '--layouts', 'forward,reversed'] : [];
  const asked = ['--items', items, '--readout', readout, ...letters, ...more];
  return (await terminalOf(model, 'score', ...asked, '--device', 'cpu')).observations;
}

/** Shares of options by their log-probabilities. */
export function shares(logprobs) {
  const most = Math.max(...logprobs);
  const weights = logprobs.map(value => Math.exp(value - most));
  const total = weights.reduce((sum, value) => sum + value, 0);
  return weights.map(value => value / total);
}

function close(found, expected, what) {
  assert.ok(
    Math.abs(found - expected) <= TOLERANCE,
    `${what}: ${found} in the page, ${expected} in the terminal`,
  );
}

/** Holds the page's observations against the terminal's, as probabilities. */
export function compare(page, expected) {
  assert.ok(expected.length >= 2, 'the terminal gave too few observations');
  for (const theirs of expected) {
    const what = [theirs.item, theirs.readout, theirs.template, theirs.layout].join(' ');
    const ours = page.filter(
      row =>
        row.item === theirs.item &&
        row.readout === theirs.readout &&
        row.template === theirs.template &&
        row.layout === theirs.layout &&
        !row.paraphrased,
    );
    assert.equal(ours.length, 1, `observations of ${what} in the page`);
    const [row] = ours;
    assert.deepEqual(
      row.options.map(({ key, tokens }) => [key, tokens]),
      theirs.options.map(({ key, tokens }) => [key, tokens]),
      what,
    );
    close(row.p_high, theirs.p_high, `P(high) of ${what}`);
    const found = row.options.map(option => option.logprob);
    const wanted = theirs.options.map(option => option.logprob);
    for (const [i, share] of shares(found).entries()) {
      close(share, shares(wanted)[i], `option ${i + 1} of ${what}`);
    }
    if (theirs.readout === 'letters') {
      close(row.option_mass, theirs.option_mass, `option mass of ${what}`);
      for (const [i, value] of found.entries()) {
        close(Math.exp(value), Math.exp(wanted[i]), `label of option ${i + 1} of ${what}`);
      }
    }
  }
}
