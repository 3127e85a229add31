// Who is measured, how much of it, and where things are.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { cpus, homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GPU_FLAGS } from '../tools/chromium.mjs';

export class Failure extends Error {}

export function check(condition, what) {
  if (!condition) throw new Failure(what);
}

export const root = fileURLToPath(new URL('../', import.meta.url));
const dist = resolve(process.env.TRAITSCOPE_DIST ?? join(root, 'dist'));
const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'traitscope');
const CORES = cpus().length;

/** Tokens of the prompts that are timed; the short one is the first answer of a visit and what others are judged by. */
export const SHORT = 16;
export const PROMPTS = [128, 512];
/** Tokens written after the first; FEW where so many would take too long. */
export const NEW_TOKENS = 64;
export const FEW = 2;
/** Seconds that one figure may take in a round; what would take longer is measured smaller or left out. */
export const LIMIT_S = 40;
/** A single item may take so long in the first round, where nothing smaller can stand for it. */
export const ITEM_LIMIT_S = 240;
/** A contender that does not answer for so long has failed. */
export const CALL_LIMIT_S = 600;
/** Items are asked until so many seconds are over. */
export const ITEMS_S = 20;
export const ITEMS = 8;
export const ROUNDS = 3;
/** Headers without which a page has no threads. */
const ISOLATED = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/**
 * `kinds` are the tables in which a contender stands. `tolerance` is the largest difference from Traitscope on the
 * CPU, in nats, of a label's and per token of an answer's log-probability; it is wide where weights or activations are
 * rounded once more.
 */
const traitscope = (device, workers, kinds, { flags = [], activations = 'f32' } = {}) => ({
  module: 'traitscope',
  options: { device, workers, activations },
  kinds,
  flags,
  ours: true,
  tolerance: activations === 'f32' ? 0.01 : 1,
});
const wllama = (threads, kinds, headers = {}) => ({
  module: 'wllama',
  options: { threads },
  kinds,
  headers,
  tolerance: 1,
});
const transformers = (device, threads, kinds, rest) => ({
  module: 'transformers',
  options: { device, threads, folder: device === 'webgpu' ? 'onnx/webgpu' : 'onnx/cpu' },
  kinds,
  onnx: true,
  ...rest,
});
export const CONTENDERS = {
  cpu: traitscope('cpu', 1, ['CPU, 1 thread']),
  'cpu-all': traitscope('cpu', CORES, ['CPU, all threads']),
  // As the peers that round activations too.
  'cpu-int8': traitscope('cpu', 1, ['CPU, 1 thread'], { activations: 'int8' }),
  'cpu-int8-all': traitscope('cpu', CORES, ['CPU, all threads'], { activations: 'int8' }),
  gpu: traitscope('gpu', 1, ['WebGPU'], { flags: GPU_FLAGS }),
  'wllama-1': wllama(1, ['CPU, 1 thread']),
  'wllama-all': wllama(CORES, ['CPU, all threads'], ISOLATED),
  'transformers-1': transformers('wasm', 1, ['CPU, 1 thread'], { tolerance: 0.2 }),
  'transformers-all': transformers('wasm', CORES, ['CPU, all threads'], {
    tolerance: 0.2,
    headers: ISOLATED,
  }),
  'transformers-gpu': transformers('webgpu', 1, ['WebGPU'], { tolerance: 6, flags: GPU_FLAGS }),
};

export const folders = {
  traitscope: dist,
  peers: join(root, 'bench/node_modules'),
  contenders: join(root, 'bench/contenders'),
  onnx: join(cache, 'onnx'),
};

export const say = text => process.stderr.write(`== bench: ${text}\n`);

/** Whether a peer can be run here; says why not. */
function usable(name) {
  const { module, onnx } = CONTENDERS[name];
  const reason =
    module !== 'traitscope' && !existsSync(join(folders.peers, '.package-lock.json'))
      ? 'its package is not installed (npm ci in bench)'
      : onnx && !existsSync(join(folders.onnx, 'webgpu/config.json'))
        ? 'there is no ONNX model (see ./build.sh bench)'
        : null;
  if (reason) say(`${name} is left out: ${reason}`);
  return reason === null;
}

/** What is measured and with what; checked before a browser is started. */
export async function prepare(chosen) {
  const known = Object.keys(CONTENDERS);
  for (const name of chosen)
    check(known.includes(name), `unknown contender ${name}; there are ${known.join(', ')}`);
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
    names: (chosen.length > 0 ? chosen : known).filter(usable),
    entry,
    items: traits.map(name => items.find(item => item.personality === name)),
  };
}
