// Holds what the page fetches before it is shown to its limit: node scripts/budget.mjs
// The entry with all that it imports statically, and the worker, gzipped. What follows once it is shown (the recorded examples, the
// parts of the other places) does not count.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const LIMIT = 120_000;

const here = dirname(fileURLToPath(import.meta.url));
const dist = process.env.TRAITSCOPE_DIST ? resolve(process.env.TRAITSCOPE_DIST) : resolve(here, '../../dist');

const [, entry] = /<script type="module"[^>]* src="\.\/([^"]+)"/.exec(
  readFileSync(join(dist, 'index.html'), 'utf8'),
);
const worker = readdirSync(join(dist, 'assets')).find(name => /^worker-.*\.js$/.test(name));
const waiting = [join(dist, entry), join(dist, 'assets', worker)];
const found = new Set();
for (const file of waiting) {
  if (found.has(file)) continue;
  found.add(file);
  const imported = readFileSync(file, 'utf8').matchAll(/(?:\bfrom|\bimport)\s*"(\.[^"]+\.js)"/g);
  for (const [, path] of imported) waiting.push(resolve(dirname(file), path));
}
const sizes = [...found].map(file => gzipSync(readFileSync(file), { level: 9 }).length);
const total = sizes.reduce((sum, size) => sum + size, 0);
process.stderr.write(`page: ${total} bytes of JavaScript before it is shown (gzipped, at most ${LIMIT})\n`);
if (total > LIMIT) process.exit(1);
