// Builds the page with the double in the place of the wasm module.

import { execFileSync } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundledItems } from './double/answers.js';
import { root } from './support.mjs';

/** The folder with the build, to be removed by who asked for it; `from` holds what it is made of. */
export async function buildDouble(from = root) {
  const folder = await mkdtemp(join(tmpdir(), 'traitscope-double-'));
  const env = { ...process.env, TRAITSCOPE_WASM: join(root, 'tests/e2e/double'), TRAITSCOPE_DIST: folder };
  const quiet = { cwd: join(from, 'www'), env, stdio: ['ignore', 'ignore', 'inherit'] };
  execFileSync('npm', ['run', '--silent', 'build'], quiet);
  execFileSync(process.execPath, ['scripts/inventories.mjs'], quiet);
  await writeFile(join(folder, 'items/bank.json'), JSON.stringify(bundledItems()));
  execFileSync(process.execPath, ['scripts/offline.mjs'], quiet);
  return folder;
}
