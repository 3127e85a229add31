// Measures the built page and its peers in Chromium: node bench/run.mjs [CONTENDER...]
//
// Uses dist/ (or TRAITSCOPE_DIST) through its library, as any page would, with the catalogue's default model; the peers
// have the same weights. plan.mjs lists the contenders. All are measured one after the other, in rounds (BENCH_ROUNDS
// of them), so that a busy minute of the machine does not hit one of them only. Prints tables and writes
// bench/results/latest.json. Figures are printed, not judged; values are: what was computed while the clock ran has to
// be what Traitscope's CPU gives, within what each contender's rounding allows.
import { measure } from './measure.mjs';
import { check, prepare, ROUNDS, say } from './plan.mjs';
import { show, store } from './report.mjs';
import { makeTasks } from './tasks.mjs';

/** The first line of an error, without the words that the browser puts around what fails in a page. */
const reason = error =>
  String(error.message)
    .split('\n')[0]
    .replace(/^page\.evaluate: (\w*Error: )?/, '');

async function main() {
  const plan = await prepare(process.argv.slice(2));
  const count = Number(process.env.BENCH_ROUNDS ?? ROUNDS);
  check(Number.isInteger(count) && count > 0, 'BENCH_ROUNDS has to be a number of rounds');
  check(plan.names.length > 0, 'there is nothing to measure');
  say('the questions, and the answers of Traitscope on the CPU');
  const tasks = await makeTasks(plan);
  const rounds = {};
  const failures = {};
  for (let round = 0; round < count; round += 1) {
    for (const name of plan.names.filter(name => !failures[name])) {
      try {
        const result = await measure(name, { ...plan, round }, tasks);
        rounds[name] = [...(rounds[name] ?? []), result];
      } catch (error) {
        // What the others give, and this one gave before, is kept.
        failures[name] = reason(error);
        say(`${name} failed: ${failures[name]}`);
      }
      await store(plan, rounds, failures);
    }
  }
  if (Object.keys(rounds).length > 0) show(plan, rounds);
  check(Object.keys(failures).length === 0, `failed: ${Object.keys(failures).join(', ')}`);
}

try {
  await main();
} catch (error) {
  console.error(`bench: ${reason(error)}`);
  process.exit(1);
}
