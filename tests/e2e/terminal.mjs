// The same items in the terminal program (TRAITSCOPE_CLI, or the release build), for tests of the page with a real model.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './support.mjs';

/** How far apart probabilities of the page and of the terminal may be. */
export const TOLERANCE = 0.01;
const cli =
  process.env.TRAITSCOPE_CLI ??
  join(process.env.CARGO_TARGET_DIR ?? join(root, 'target'), 'release/traitscope');

/** Writes a file of one item of each of two traits. */
export async function writeTwoItems(path) {
  const bank = JSON.parse(await readFile(join(root, 'items/bank.json'), 'utf8'));
  const traits = [...new Set(bank.items.map(item => item.personality))];
  const items = traits.slice(0, 2).map(trait => bank.items.find(item => item.personality === trait));
  await writeFile(path, JSON.stringify({ ...bank, items }));
}

/** What the terminal program makes of some items. */
export async function terminal(modelFile, itemsFile, readout, more = []) {
  assert.ok(
    existsSync(cli),
    `there is no terminal program at ${cli}; run ./build.sh cli or set TRAITSCOPE_CLI`,
  );
  const letters = readout === 'letters' ? ['--templates', 'T1,T2,T3', '--layouts', 'forward,reversed'] : [];
  const { stdout } = await promisify(execFile)(
    cli,
    [
      'score',
      '--model',
      modelFile,
      '--items',
      itemsFile,
      '--readout',
      readout,
      ...letters,
      ...more,
      '--device',
      'cpu',
      '--json',
    ],
    { maxBuffer: 64 << 20 },
  );
  return JSON.parse(stdout).observations;
}

function shares(logprobs) {
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
