// Runs the browser tests.
// Those of the page share one build with the double, and go two at a time, since a page mostly waits. Those with a
// model keep both cores busy, so they go one after the other. So do those in Firefox and WebKitGTK, last.

import { spawnSync } from 'node:child_process';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buildDouble } from './build-double.mjs';
import { album, pictures } from './pictures.mjs';
import { root } from './support.mjs';

const folder = join(root, 'tests/e2e');

async function testsIn(part) {
  const names = await readdir(join(folder, part));
  return names.filter(name => name.endsWith('.test.mjs')).map(name => join(folder, part, name));
}

/** Whether all tests of these files passed. */
function run(files, atOnce, env = {}) {
  if (files.length === 0) return true;
  const { status } = spawnSync(process.execPath, ['--test', `--test-concurrency=${atOnce}`, ...files], {
    env: { ...process.env, ...env },
    stdio: 'inherit',
  });
  return status === 0;
}

// Pictures of an earlier run would be taken for those of this one.
await rm(pictures, { recursive: true, force: true });
await mkdir(pictures, { recursive: true });
const double = await buildDouble();
try {
  const passed = [
    run(await testsIn('page'), 2, { TRAITSCOPE_DOUBLE: double }),
    run(await testsIn('model'), 1),
    run(await testsIn('browsers'), 1, { TRAITSCOPE_DOUBLE: double }),
  ];
  const missing = await album();
  if (missing.length > 0) process.stderr.write(`pictures that are missing: ${missing.join(', ')}\n`);
  process.exitCode = passed.every(Boolean) && missing.length === 0 ? 0 : 1;
} finally {
  await rm(double, { recursive: true, force: true });
}
