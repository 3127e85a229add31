// Medians over the rounds, ratios, tables, and the record in bench/results/latest.json.
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { CONTENDERS, NEW_TOKENS, PROMPTS, root, SHORT } from './plan.mjs';

const MIB = 2 ** 20;
const machine = { cores: cpus().length, cpu: cpus()[0]?.model ?? 'unknown', node: process.version };
const median = values => {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};

/** Name, how to read it from a round, whether more is better, and digits. */
const FIGURES = [
  ['load to first answer, first visit, s', round => round.load_s.first, false, 1],
  ['load to first answer, second visit, s', round => round.load_s.second, false, 1],
  ...[SHORT, ...PROMPTS].map(count => [
    `prefill of ${count}, tokens/s`,
    round => round.prefill[count]?.per_s,
    true,
    1,
  ]),
  [`decode of ${NEW_TOKENS}, tokens/s`, round => round.decode.per_s, true, 2],
  ['items/minute, letters', round => round.letters.per_minute, true, 2],
  ['items/minute, continuation', round => round.continuation.per_minute, true, 2],
  ['tiny operation, to queue, ms', round => round.tiny?.encode, false, 4],
  ['tiny operation, whole, ms', round => round.tiny?.whole, false, 4],
  ['one token, to queue, ms', round => round.tiny?.token, false, 4],
  ['wasm memory, peak, MiB', ({ memory }) => memory.wasm && memory.wasm / MIB, false, 0],
  ['page process, peak, MiB', ({ memory }) => memory.page_process && memory.page_process / MIB, false, 0],
  ['GPU process, peak, MiB', ({ memory }) => memory.gpu_process && memory.gpu_process / MIB, false, 0],
];

const DIFFERENCES = [
  ['prompts', ({ prefill }) => Math.max(...Object.values(prefill).map(({ difference }) => difference))],
  ['letters', ({ letters }) => letters.difference],
  ['continuation, per token', ({ continuation }) => continuation.difference],
];

const known = values => values.filter(value => Number.isFinite(value));

function figure(rounds, read) {
  const values = known(rounds.map(read));
  return values.length > 0 ? median(values) : null;
}

function summary(rounds) {
  return {
    rounds: rounds.length,
    device: rounds[0].device,
    figures: Object.fromEntries(FIGURES.map(([name, read]) => [name, figure(rounds, read)])),
    difference: Object.fromEntries(
      DIFFERENCES.map(([name, read]) => {
        const values = known(rounds.map(read));
        return [name, values.length > 0 ? Math.max(...values) : null];
      }),
    ),
    notes: notes(rounds),
  };
}

const summaries = rounds =>
  Object.fromEntries(Object.entries(rounds).map(([name, measured]) => [name, summary(measured)]));

/** What was measured smaller than its name says, or not at all. */
function notes(rounds) {
  const found = [];
  const few = rounds.find(round => round.decode.tokens !== NEW_TOKENS);
  if (few) found.push(`decode over ${few.decode.tokens} tokens`);
  const missing = PROMPTS.filter(count => !rounds.some(round => round.prefill[count]));
  if (missing.length > 0) found.push(`prompts of ${missing.join(' and ')} would take too long`);
  for (const readout of ['letters', 'continuation']) {
    const asked = rounds.map(round => round[readout]);
    const left = asked.find(({ left_out }) => left_out);
    const counts = known(asked.map(({ items }) => items));
    if (counts.length > 0) found.push(`${readout}: ${counts.join(' + ')} items`);
    if (left) found.push(`${readout} left out in ${asked.length - counts.length} rounds: ${left.left_out}`);
  }
  return found;
}

/** Traitscope, in each form of it, against the best peer, above 1 where Traitscope is better; null where one of them has no figure. */
function ratios(found) {
  const names = Object.keys(found);
  const kinds = [...new Set(Object.values(CONTENDERS).flatMap(({ kinds }) => kinds))];
  const tables = {};
  const pairs = kinds.flatMap(kind => names.map(ours => [kind, ours]));
  for (const [kind, ours] of pairs) {
    const comparable = name => CONTENDERS[name].kinds.includes(kind);
    const peers = names.filter(name => !CONTENDERS[name].ours && comparable(name));
    if (!CONTENDERS[ours].ours || !comparable(ours) || peers.length === 0) continue;
    tables[`${kind}: ${ours}`] = FIGURES.map(([name, , more]) => {
      const mine = found[ours].figures[name];
      const theirs = peers.filter(peer => found[peer].figures[name] !== null);
      if (mine === null || theirs.length === 0) return { name, ratio: null };
      const value = peer => found[peer].figures[name];
      const best = theirs.reduce((a, b) => (value(a) > value(b) === more ? a : b));
      return { name, ratio: more ? mine / value(best) : value(best) / mine, best };
    });
  }
  return tables;
}

function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map(row => row[column].length)));
  const line = cells =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join(' | ')} |`;
  console.log(line(rows[0]));
  console.log(line(widths.map(width => '-'.repeat(width))));
  for (const row of rows.slice(1)) console.log(line(row));
  console.log('');
}

const text = (value, digits) => (value === null ? 'not known' : value.toFixed(digits));

/** Writes what there is so far. */
export async function store({ entry }, rounds, failures) {
  const folder = join(root, 'bench/results');
  await mkdir(folder, { recursive: true });
  const found = summaries(rounds);
  const record = {
    date: new Date().toISOString(),
    model: entry.id,
    machine,
    medians: found,
    ratios: ratios(found),
    failures,
    rounds,
  };
  await writeFile(join(folder, 'latest.json'), `${JSON.stringify(record, null, 2)}\n`);
}

export function show({ entry }, rounds) {
  const names = Object.keys(rounds);
  const found = summaries(rounds);
  const against = ratios(found);
  const { browser } = rounds[names[0]][0];
  console.log(
    `${entry.name} ${entry.quantisation}, ${machine.cores} cores (${machine.cpu}), Chromium ${browser}`,
  );
  for (const name of names) {
    const { device, rounds: count, notes: remarks } = found[name];
    console.log(`${name}: ${device}; ${[`${count} rounds`, ...remarks].join('; ')}`);
  }
  console.log('\nMedians over the rounds\n');
  table([
    ['', ...names],
    ...FIGURES.map(([name, , , digits]) => [
      name,
      ...names.map(contender => text(found[contender].figures[name], digits)),
    ]),
  ]);
  console.log('Largest difference from Traitscope on the CPU, nats\n');
  table([
    ['', ...names],
    ...DIFFERENCES.map(([name]) => [
      name,
      ...names.map(contender => text(found[contender].difference[name], 4)),
    ]),
  ]);
  for (const [kind, figures] of Object.entries(against)) {
    console.log(`${kind} against the best peer; above 1 Traitscope is better\n`);
    table([
      ['', 'ratio', 'best peer'],
      ...figures.map(({ name, ratio, best }) => [
        name,
        ratio === null ? 'not known' : `${ratio.toFixed(2)}x`,
        best ?? '',
      ]),
    ]);
  }
}
