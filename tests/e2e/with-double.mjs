// The built page with a double in the place of the wasm module, for tests of what the page itself has to get right.

import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { after, afterEach, before } from 'node:test';
import { buildDouble } from './build-double.mjs';
import { bundledItems } from './double/answers.js';
import { allPlaces, launcher, serve, watchedPage } from './support.mjs';

export const MODEL = 'models/double.gguf';
const browsers = launcher();

/** What the test that runs now has open. */
export const now = { folder: '', server: null, browser: null };

/** The shape of SmolLM2 135M, whose largest tensor takes 30 MB. */
export const SHAPE = {
  blocks: 30,
  width: 576,
  hidden: 1536,
  heads: 9,
  kv_heads: 3,
  head_width: 64,
  vocabulary: 49152,
  context: 8192,
  tensor_bytes: 96_576_768,
  largest_tensor_bytes: 30_081_024,
  largest_layer_tensor_bytes: 552_960,
};

/** A "model" for the double, and the catalogue that names it. */
export function model(plan = {}, padding = 0) {
  const bytes = Buffer.from(`GGUF${JSON.stringify({ step: 1, ...plan })}${' '.repeat(padding)}`);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const entry = { id: 'double', name: 'Double 135M', file: 'double.gguf', bytes: bytes.length, sha256 };
  const more = { licence: 'Apache-2.0', directions: 'double.vectors', layers: { humour: 3 } };
  const usable = { agreeableness: [-0.2, 0.4] };
  const found = { agreeableness: { items: 20, change: [0.64, 0.4, 0.91], chance: 40, above: 40 } };
  const catalogue = { version: 1, default: 'double', models: [{ ...entry, ...more, usable, found }] };
  return { bytes, catalogue, sha256 };
}

/** Directions of a few traits, as the double reads them. */
const DIRECTIONS = ['agreeableness', 'humour', 'malice', 'openness', 'optimism'].map(trait => ({
  trait,
  method: 'statements',
  architecture: 'llama',
  model_sha256: null,
  layers: [3, 18, 20, 21].map(layer => ({ layer, vector: [1, 2], neutral: { norm: 10, mean: 0, sd: 1 } })),
}));

/** Items beside the bundled ones. */
const STEERING = JSON.stringify(
  Array.from({ length: 6 }, (_, n) => ({
    id: `agreeableness-more-${n}`,
    personality: 'Agreeableness',
    situation: `More ${n}.`,
    query: 'And now?',
    response_high1: 'High one.',
    response_high2: 'High two.',
    response_low1: 'Low one.',
    response_low2: 'Low two.',
  })),
);

/** Texts of a trait, as far as the page and the double read them. */
const traitTexts = name => ({
  name,
  statements: { high: ['I am so.', 'I do so.'], low: ['I am not.', 'I do not.'] },
  questions: { extract: [], evaluate: Array.from({ length: 20 }, (_, i) => `Question ${i}?`) },
  instructions: Array.from({ length: 5 }, (_, i) => ({ high: `Be so, ${i}.`, low: `Be not, ${i}.` })),
});

/** What comes with the page beside its own files, as texts by their addresses. */
export function data(catalogue) {
  const texts = DIRECTIONS.map(({ trait }) => [
    `items/traits/${trait}.json`,
    JSON.stringify(traitTexts(trait)),
  ]);
  return {
    'models/catalog.json': JSON.stringify(catalogue),
    'models/double.vectors': JSON.stringify(DIRECTIONS),
    'items/bank.json': JSON.stringify(bundledItems()),
    'items/steering.json': STEERING,
    ...Object.fromEntries(texts),
  };
}

export function send({ bytes, catalogue }, { catalogued = catalogue, answer } = {}) {
  const texts = Object.entries(data(catalogued));
  return {
    ...Object.fromEntries(texts.map(([path, text]) => [path, (_, response) => response.end(text)])),
    [MODEL]:
      answer ?? ((_, response) => response.writeHead(200, { 'content-length': bytes.length }).end(bytes)),
  };
}

/** The page with all its places at once, unless one is named: `place` is a hash, or another page. `first` runs in it before its own code. */
export async function open(routes, { query = '', place = null, options = {}, first = null } = {}) {
  now.server = await serve(now.folder, routes);
  now.browser = await browsers.launch(options);
  if (first) await now.browser.context.addInitScript(first);
  const watched = await watchedPage(now.browser.context, now.server.origin);
  await watched.page.goto(now.server.url + (place === null ? allPlaces(query) : `${query}${place}`));
  return watched;
}

/** Waits until so many items of a test are done, while it goes on. */
export async function reached(page, items) {
  for (;;) {
    const done = await page.locator('[data-items-done]').getAttribute('data-items-done');
    if (Number(done) >= items) return;
    await page.waitForTimeout(20);
  }
}

/** What lies in the origin's private storage. */
export function storedFiles(page) {
  return page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('traitscope-models');
    const names = [];
    for await (const name of folder.keys()) names.push(name);
    return names.sort();
  });
}

/** Has a test file use the build with the double (its own where none is shared), and closes what each test had open. */
export function setUp() {
  const shared = process.env.TRAITSCOPE_DOUBLE;
  before(async () => {
    now.folder = shared ?? (await buildDouble());
  });
  afterEach(async () => {
    await now.browser?.close();
    await now.server?.close();
    now.browser = null;
    now.server = null;
  });
  after(browsers.close);
  after(() => (shared ? undefined : rm(now.folder, { recursive: true, force: true })));
}
