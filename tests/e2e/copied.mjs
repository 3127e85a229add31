// A copy of what the page is made of, for tests of what follows when a file there is changed or added.

import { cp, mkdtemp, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { root } from './support.mjs';

const PARTS = ['www', 'items', 'models', 'studies', 'Cargo.toml'];
/** What a build makes or fetches. */
const made = path => /^www\/(node_modules|generated)$|\.gguf$/.test(path.split(sep).join('/'));

/** Its folder, to be removed by who asked for it; the Node packages are those of the project. */
export async function copied() {
  const folder = await mkdtemp(join(tmpdir(), 'traitscope-copy-'));
  for (const part of PARTS) {
    const filter = source => !made(source.slice(root.length));
    await cp(join(root, part), join(folder, part), { recursive: true, filter });
  }
  await symlink(join(root, 'www/node_modules'), join(folder, 'www/node_modules'));
  return folder;
}
