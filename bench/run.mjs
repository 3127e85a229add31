// Measures the built page's speed in Chromium: node bench/run.mjs [cpu] [gpu]
//
// Uses dist/ (or TRAITSCOPE_DIST) through its library, as any page would, with the catalogue's default model. Prints
// a table and writes bench/results/latest.json. Figures are printed, not judged; values are: what a device computed
// while it was timed has to be what the other one gives.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from '../tools/serve.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const dist = resolve(process.env.TRAITSCOPE_DIST ?? join(root, 'dist'));
const results = join(root, 'bench/results');

const FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const PROMPT_TOKENS = 128;
const NEW_TOKENS = 32;
const RUNS = 3;
const ITEMS = 8;
const OPERATIONS = 1000;
/** The core's clock counts whole milliseconds, so small operations are repeated for at least so many. */
const LEAST_MS = 200;
/** Largest difference between the devices: of the top logit, and of P(high). */
const TOLERANCE = 0.01;

const say = text => process.stderr.write(`== bench: ${text}\n`);

class Failure extends Error {}

function check(condition, what) {
  if (!condition) throw new Failure(what);
}

/** What is measured and with what; checked before a browser is started. */
async function prepare() {
  const chosen = process.argv.slice(2);
  for (const device of chosen)
    check(['cpu', 'gpu'].includes(device), `unknown device ${device}; there are cpu and gpu`);
  check(existsSync(join(dist, 'traitscope.js')), `there is no library in ${dist}; run ./build.sh build`);
  const catalogue = JSON.parse(await readFile(join(dist, 'models/catalog.json'), 'utf8').catch(() => '{}'));
  const entry = catalogue.models?.find(model => model.id === catalogue.default);
  check(
    entry && existsSync(join(dist, 'models', entry.file)),
    `there is no model in ${dist}; run ./build.sh build`,
  );
  const { items } = JSON.parse(await readFile(join(root, 'items/bank.json'), 'utf8'));
  const traits = [...new Set(items.map(item => item.personality))].slice(0, ITEMS);
  return {
    devices: chosen.length > 0 ? chosen : ['cpu', 'gpu'],
    entry,
    items: traits.map(name => items.find(item => item.personality === name)),
  };
}

async function browserFor(device) {
  const require = createRequire(join(root, 'www/package.json'));
  let chromium;
  try {
    ({ chromium } = require('playwright-core'));
  } catch {
    throw new Failure('the Node packages are missing; run ./build.sh setup');
  }
  const executablePath = process.env.CHROMIUM || '/usr/bin/chromium';
  check(existsSync(executablePath), `there is no Chromium at ${executablePath}; set CHROMIUM to its path`);
  const profile = await mkdtemp(join(tmpdir(), 'traitscope-bench-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    args: [...FLAGS, ...(device === 'gpu' ? ['--enable-unsafe-webgpu'] : [])],
  });
  const close = async () => {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  };
  return { context, close, version: context.browser()?.version() ?? 'unknown' };
}

/** Opens the model as a page does and lets the device check itself; the times are in seconds. */
async function visit(context, url, id, device) {
  const page = await context.newPage();
  // A plain text of the same origin: a document without the page's own work and policy.
  await page.goto(`${url}traitscope.d.ts`);
  const facts = await page.evaluate(
    async ({ id, device, library }) => {
      const started = performance.now();
      const { openModel, version } = await import(library);
      const model = await openModel(id, { device }).catch(({ code, message }) => {
        // Only the message of an error comes out of the page.
        throw new Error(`${code}: ${message}`);
      });
      const opened = performance.now();
      const test = await model.selfTest();
      const ready = performance.now();
      globalThis.bench = { model };
      return {
        open: (opened - started) / 1000,
        ready: (ready - started) / 1000,
        stored: model.fromStorage,
        device: model.info.device,
        test,
        version: await version(),
      };
    },
    { id, device, library: `${url}traitscope.js` },
  );
  check(
    facts.device.kind === device && facts.test.passed,
    `the ${device} is not usable: ${facts.test.message}`,
  );
  return { page, ...facts };
}

/** Milliseconds of forwards over a prompt, the first one left out, and what each of them computed. */
function prefill(page) {
  return page.evaluate(
    async ({ count, runs }) => {
      const { model } = globalThis.bench;
      const tokens = Array.from({ length: count }, (_, i) => (i * 7919 + 11) % model.info.vocabulary);
      const times = [];
      const tops = [];
      for (let run = 0; run <= runs; run += 1) {
        const started = performance.now();
        const { top } = await model.logits({ tokens, top: 1 });
        times.push(performance.now() - started);
        tops.push(top[0]);
      }
      return { times: times.slice(1), tops };
    },
    { count: PROMPT_TOKENS, runs: RUNS },
  );
}

/** Milliseconds of the tokens after the first, and all texts written. */
function decode(page) {
  return page.evaluate(
    async ({ count, runs }) => {
      const { model } = globalThis.bench;
      const messages = [{ role: 'user', content: 'Tell me a long story about a river and a boat.' }];
      const write = maxTokens => model.generate({ messages, maxTokens, temperature: 0 });
      await write(2);
      const times = [];
      const written = [];
      for (let run = 0; run < runs; run += 1) {
        const first = await write(1);
        const whole = await write(1 + count);
        times.push(whole.milliseconds - first.milliseconds);
        written.push({ text: whole.text, tokens: whole.tokens.length });
      }
      return { times, written };
    },
    { count: NEW_TOKENS, runs: RUNS },
  );
}

/** Costs of a small operation, over enough of them for a clock of whole milliseconds. */
function operation(page) {
  return page.evaluate(
    async ({ count, least, runs }) => {
      const { model } = globalThis.bench;
      let repeats = count;
      while (repeats < 1e6 && (await model.operationCost(repeats)).whole * repeats < least) repeats *= 10;
      const costs = [];
      for (let run = 0; run < runs; run += 1) costs.push(await model.operationCost(repeats));
      return costs;
    },
    { count: OPERATIONS, least: LEAST_MS, runs: RUNS },
  );
}

function score(page, items) {
  return page.evaluate(async items => {
    const started = performance.now();
    const { observations } = await globalThis.bench.model.score({ items, readout: 'continuation', gate: 0 });
    return { milliseconds: performance.now() - started, high: observations.map(row => row.p_high) };
  }, items);
}

const median = values => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const perSecond = (count, times) => ({
  best: (1000 * count) / Math.min(...times),
  median: (1000 * count) / median(times),
});

async function measure(device, url, { entry, items }) {
  say(`${device}: loading`);
  const browser = await browserFor(device);
  try {
    const first = await visit(browser.context, url, entry.id, device);
    await first.page.close();
    const second = await visit(browser.context, url, entry.id, device);
    check(!first.stored && second.stored, 'the second visit did not take the model from storage');
    const { page } = second;

    say(`${device}: prompts of ${PROMPT_TOKENS} tokens`);
    const prompts = await prefill(page);
    const [top] = prompts.tops;
    check(Number.isFinite(top.logit), 'a prompt gave no number');
    const same = prompts.tops.every(({ id, logit }) => id === top.id && logit === top.logit);
    check(same, 'the same prompt gave different numbers');

    say(`${device}: writing ${NEW_TOKENS} tokens`);
    const texts = await decode(page);
    for (const { text, tokens } of texts.written) {
      check(tokens === 1 + NEW_TOKENS, `the model wrote ${tokens} tokens, not ${1 + NEW_TOKENS}`);
      check(text === texts.written[0].text, 'the same prompt gave different texts');
    }

    say(`${device}: small operations`);
    const costs = await operation(page);

    say(`${device}: ${items.length} items`);
    const test = await score(page, items);
    const valid = test.high.length === items.length && test.high.every(p => p >= 0 && p <= 1);
    check(valid, 'the test gave impossible numbers');
    return {
      device: second.device,
      version: second.version,
      browser: browser.version,
      load_s: {
        first: { open: first.open, ready: first.ready },
        second: { open: second.open, ready: second.ready },
      },
      self_test: second.test,
      prefill_tokens_per_s: perSecond(PROMPT_TOKENS, prompts.times),
      decode_tokens_per_s: perSecond(NEW_TOKENS, texts.times),
      operation_ms: {
        encode: Math.min(...costs.map(cost => cost.encode)),
        whole: Math.min(...costs.map(cost => cost.whole)),
      },
      items_per_minute: (60_000 * items.length) / test.milliseconds,
      values: { top, text: texts.written[0].text, p_high: test.high },
    };
  } finally {
    await browser.close();
  }
}

/** Two devices have to give the same answers; the texts may part where two tokens are almost equally likely. */
function compare({ cpu, gpu }) {
  if (!cpu || !gpu) return;
  const [a, b] = [cpu.values, gpu.values];
  const close = (x, y) => Math.abs(x - y) <= TOLERANCE;
  check(a.top.id === b.top.id && close(a.top.logit, b.top.logit), 'CPU and GPU differ on the same prompt');
  check(
    a.p_high.every((p, i) => close(p, b.p_high[i])),
    'CPU and GPU differ on the same items',
  );
}

function table(found) {
  const number = (value, digits) => value.toFixed(digits);
  const pair = ({ best, median }) => `${number(best, 1)} / ${number(median, 1)}`;
  const lines = [
    ['load to ready, first visit, s', ({ load_s }) => number(load_s.first.ready, 1)],
    ['load to ready, second visit, s', ({ load_s }) => number(load_s.second.ready, 1)],
    ['of which self-test, s', ({ load_s }) => number(load_s.second.ready - load_s.second.open, 1)],
    ['prefill, tokens/s (best / median)', result => pair(result.prefill_tokens_per_s)],
    ['decode, tokens/s (best / median)', result => pair(result.decode_tokens_per_s)],
    ['tiny operation, to queue, ms', ({ operation_ms }) => number(operation_ms.encode, 4)],
    ['tiny operation, whole, ms', ({ operation_ms }) => number(operation_ms.whole, 4)],
    ['items/minute, continuation', result => number(result.items_per_minute, 1)],
  ];
  const all = Object.values(found);
  const row = cells =>
    `| ${cells[0].padEnd(34)} | ${cells
      .slice(1)
      .map(cell => cell.padStart(13))
      .join(' | ')} |`;
  console.log(row(['', ...Object.keys(found)]));
  console.log(row(['-'.repeat(34), ...all.map(() => '-'.repeat(13))]));
  for (const [name, read] of lines) console.log(row([name, ...all.map(read)]));
}

async function report(plan, found) {
  const [any] = Object.values(found);
  const machine = { cores: cpus().length, cpu: cpus()[0]?.model ?? 'unknown', node: process.version };
  console.log(`${plan.entry.name} ${plan.entry.quantisation}, Traitscope ${any.version}`);
  console.log(`${machine.cores} cores (${machine.cpu}), Chromium ${any.browser}`);
  for (const { device } of Object.values(found))
    console.log(`${device.kind}: ${device.adapter}, ${device.backend}`);
  table(found);
  const record = { date: new Date().toISOString(), model: plan.entry.id, machine, results: found };
  await mkdir(results, { recursive: true });
  await writeFile(join(results, 'latest.json'), `${JSON.stringify(record, null, 2)}\n`);
}

async function main() {
  const plan = await prepare();
  const server = await serve(dist);
  const found = {};
  try {
    for (const device of plan.devices) found[device] = await measure(device, server.url, plan);
  } finally {
    await server.close();
    // What one device gave is kept when the next one fails.
    if (Object.keys(found).length > 0) await report(plan, found);
  }
  compare(found);
}

try {
  await main();
} catch (error) {
  // What fails in the page comes with the browser's own words around it.
  const [line] = String(error.message).split('\n');
  console.error(`bench: ${line.replace(/^page\.evaluate: (\w*Error: )?/, '')}`);
  process.exit(1);
}
