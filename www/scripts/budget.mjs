// Holds what the page fetches before it is shown to its limit: node scripts/budget.mjs
// The entry with all that it imports statically, the worker, and what the page begins with in the language that takes most, gzipped.
// What follows once it is shown (the recorded examples, the parts of the other places and their words) does not count.

import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const LIMIT = 120_000;

const here = dirname(fileURLToPath(import.meta.url));
const dist = process.env.TRAITSCOPE_DIST ? resolve(process.env.TRAITSCOPE_DIST) : resolve(here, '../../dist');

const [, entry] = /<script type="module"[^>]* src="\.\/([^"]+)"/.exec(
  readFileSync(join(dist, 'index.html'), 'utf8'),
);
const assets = readdirSync(join(dist, 'assets'));
const worker = assets.find(name => /^worker-.*\.js$/.test(name));

/** A file and all that it imports statically. */
function withImports(file, found = new Set()) {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, path] of readFileSync(file, 'utf8').matchAll(/(?:\bfrom|\bimport)\s*"(\.[^"]+\.js)"/g)) {
    withImports(resolve(dirname(file), path), found);
  }
  return found;
}

const gzipped = file => gzipSync(readFileSync(file), { level: 9 }).length;
const sizeOf = files => [...files].reduce((sum, file) => sum + gzipped(file), 0);

const shell = withImports(join(dist, entry));
withImports(join(dist, 'assets', worker), shell);
const page = sizeOf(shell);
/** By language: what the page asks for besides when it speaks it. */
const languages = readdirSync(resolve(here, '../src/i18n'), { withFileTypes: true })
  .filter(found => found.isDirectory() && found.name !== 'en')
  .map(({ name }) => {
    const catalogue = assets.find(file => new RegExp(`^words-${name}-.*\\.js$`).test(file));
    if (!catalogue) throw new Error(`there is no catalogue words-${name} in ${basename(dist)}/assets`);
    const own = withImports(join(dist, 'assets', catalogue));
    return [name, sizeOf([...own].filter(file => !shell.has(file)))];
  });
const [most, more] = languages.sort(([, a], [, b]) => b - a)[0] ?? ['en', 0];
const total = page + more;
process.stderr.write(
  `page: ${total} bytes of JavaScript before it is shown, ${more} of them ${most} (gzipped, at most ${LIMIT})\n`,
);
if (total > LIMIT) process.exit(1);
