// Holds the surface that the worker is written for (src/worker/wasm-surface.d.ts) against what wasm-bindgen declares of
// the module that was built: every method, parameter and result, either way. Fails on any difference.

import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const www = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const typescript = dirname(createRequire(join(www, 'package.json')).resolve('typescript/package.json'));

const MODEL_METHODS = [
  'info',
  'selfTest',
  'operationCost',
  'logits',
  'hidden',
  'check',
  'score',
  'generate',
  'extract',
  'calibrate',
  'shuffled',
  'effect',
  'coherence',
  'monitoring',
  'difference',
  'freeAnswers',
  'free',
];
const FUNCTIONS = [
  'bundledItems',
  'parseInstrument',
  'summarise',
  'summariseRatings',
  'gate',
  'parseTrait',
  'readDirections',
  'writeDirections',
  'gaussian',
  'orthogonal',
  'summariseEffect',
  'summariseMonitoring',
  'summariseFree',
  'parseTexts',
  'compareAnswers',
  'parseStudy',
  'studySettings',
  'studyInventory',
  'studyRequest',
  'studyGate',
  'studyReadouts',
  'settingAnswers',
  'summariseStudy',
  'parseStudyResult',
  'joinStudyResults',
  'compareStudies',
  'version',
];

const source = `
import type * as Made from './baseline/traitscope_web.js';
import type * as Wanted from '#wasm/baseline/traitscope_web.js';

// What is passed has to be taken, and what is given back to be what is expected; \`any\` would be both to everything.
type IsAny<T> = 0 extends 1 & T ? true : false;
type Anys<A> = { [K in keyof A]: IsAny<A[K]> };
type Taken<A, B> = [A, Anys<A>] extends [B, Anys<B>] ? true : never;
type Fits<M, W> = M extends (...args: infer MA) => infer MR
  ? W extends (...args: infer WA) => infer WR
    ? [Taken<WA, MA>, Taken<[Awaited<MR>], [Awaited<WR>]>]
    : never
  : never;
const fits = <M, W>(_: Fits<M, W>) => undefined;
${MODEL_METHODS.map(name => `fits<Made.Model['${name}'], Wanted.Model['${name}']>([true, true]);`).join('\n')}
${FUNCTIONS.map(name => `fits<typeof Made.${name}, typeof Wanted.${name}>([true, true]);`).join('\n')}

// \`open\` takes and gives classes of its own module, so the rest of it is compared.
type Rest<M> = M extends { open(source: infer _, ...rest: infer A): infer _R } ? A : never;
const open: Taken<Rest<typeof Wanted.Model>, Rest<typeof Made.Model>> = true;

// No more and no less than these.
type Names<T> = Exclude<keyof T, symbol>;
type Same<A, B> = [A, B] extends [B, A] ? true : never;
const model: Same<Names<Made.Model>, Names<Wanted.Model>> = true;
const hash: Same<Names<Made.Sha256>, Names<Wanted.Sha256>> = true;
const bytes: Same<Names<typeof Made.Source>, Names<typeof Wanted.Source>> = true;
export { open, model, hash, bytes };
`;

const file = join(www, 'generated/surface.check.ts');
writeFileSync(file, source);
try {
  execFileSync(process.execPath, [join(typescript, 'bin/tsc'), '-p', join(www, 'tsconfig.surface.json')], {
    cwd: www,
    stdio: 'inherit',
  });
} catch {
  process.stderr.write('src/worker/wasm-surface.d.ts is not what the wasm module is; change it there too\n');
  process.exitCode = 1;
} finally {
  rmSync(file, { force: true });
}
