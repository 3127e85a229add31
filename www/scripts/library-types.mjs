// Writes the library's declarations: dist/traitscope.d.ts, with what it refers to under dist/types.

import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const www = resolve(here, '..');
const dist = process.env.TRAITSCOPE_DIST ? resolve(process.env.TRAITSCOPE_DIST) : resolve(www, '../dist');
const types = join(dist, 'types');

rmSync(types, { recursive: true, force: true });
const typescript = dirname(createRequire(join(www, 'package.json')).resolve('typescript/package.json'));
const tsc = (...arguments_) =>
  execFileSync(process.execPath, [join(typescript, 'bin/tsc'), ...arguments_], {
    cwd: www,
    stdio: 'inherit',
  });

tsc('-p', 'tsconfig.library.json', '--outDir', types);
// Not part of the interface; the first is the only one that needs another package.
rmSync(join(types, 'lib/connection.d.ts'));
rmSync(join(types, 'parts'), { recursive: true });
const declarations = join(dist, 'traitscope.d.ts');
writeFileSync(declarations, "export * from './types/lib/traitscope.js';\n");
// Whoever uses the library has these files alone, so they have to hold by themselves.
const alone = ['--ignoreConfig', '--noEmit', '--strict', '--target', 'es2022', '--module', 'esnext'];
tsc(...alone, '--moduleResolution', 'bundler', '--lib', 'es2022,dom', '--types', '', declarations);
