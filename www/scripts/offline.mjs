// Tells the service worker of the build which files it is to keep: all but the models, the declarations, the page in one file
// and itself.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const dist = process.env.TRAITSCOPE_DIST ? resolve(process.env.TRAITSCOPE_DIST) : resolve(here, '../../dist');
const script = join(dist, 'service-worker.js');

const built = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile() && !/\.(gguf|d\.ts)$/.test(entry.name))
  .map(entry =>
    join(entry.parentPath, entry.name)
      .slice(dist.length + 1)
      .split(sep)
      .join('/'),
  )
  .filter(file => !['service-worker.js', 'traitscope.html', 'models/catalog.json'].includes(file))
  .sort();
const hash = createHash('sha256');
for (const file of built) hash.update(`${file}\n`).update(readFileSync(join(dist, file)));
// The list of models is always asked for, and changes without the build.
const shell = { version: hash.digest('hex').slice(0, 16), files: [...built, 'models/catalog.json'] };
writeFileSync(script, `const SHELL = ${JSON.stringify(shell)};\n${readFileSync(script, 'utf8')}`);
