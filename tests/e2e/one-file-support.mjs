// What the tests of the page in one file share: the file opened where nothing lies beside it, and a watch over what it asks for.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './support.mjs';
import { data } from './with-double.mjs';

/** The page in one file with the double inside, moved; `known` is a model that its catalogue names. */
export async function movedDouble(known) {
  const built = await mkdtemp(join(tmpdir(), 'traitscope-double-'));
  for (const [path, text] of Object.entries(data(known.catalogue))) {
    await mkdir(dirname(join(built, path)), { recursive: true });
    await writeFile(join(built, path), text);
  }
  const env = { ...process.env, TRAITSCOPE_WASM: join(root, 'tests/e2e/double'), TRAITSCOPE_DIST: built };
  const quiet = { cwd: join(root, 'www'), env, stdio: ['ignore', 'ignore', 'inherit'] };
  execFileSync(process.execPath, ['scripts/inventories.mjs'], quiet);
  execFileSync(process.execPath, ['scripts/one-file.mjs'], quiet);
  const stick = await moved(join(built, 'traitscope.html'));
  await rm(built, { recursive: true, force: true });
  return stick;
}

/** A folder of its own for the file, as on a stick, and the address there; the folder is the caller's to remove. */
export async function moved(file) {
  const folder = await mkdtemp(join(tmpdir(), 'traitscope-one-file-'));
  const place = join(folder, 'traitscope.html');
  await copyFile(file, place);
  return { folder, url: pathToFileURL(place).href };
}

/** Opens it. `check()` fails on every request but that for the file and what it makes itself, and on everything in the console. */
export async function openFile(context, url) {
  const page = await context.newPage();
  const asked = [];
  const complaints = [];
  page.on('request', request => asked.push(request.url()));
  page.on('console', message => {
    // Chromium says so by itself where a page asks for a GPU.
    if (message.text() !== 'No available adapters.') complaints.push(message.text());
  });
  page.on('pageerror', error => complaints.push(String(error)));
  await page.goto(url);
  return {
    page,
    check() {
      const others = asked.filter(
        address => !/^(blob|data):/.test(address) && address.split('?')[0] !== url.split('?')[0],
      );
      assert.deepEqual(others, [], 'requests for other things than the file');
      assert.deepEqual(complaints, [], 'what the console says');
    },
  };
}
