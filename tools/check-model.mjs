// Checks a model file against the catalogue entry of its name: node tools/check-model.mjs FILE
// Exits with 1 and one line on stderr where size, sha256 or what the file says of the model's shape differ.
import { open, readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { shapeOf } from './gguf-shape.mjs';
import { sha256 } from './sha256.mjs';

const path = process.argv[2];
const fail = reason => {
  console.error(`${path}: ${reason}`);
  process.exit(1);
};

const catalogue = JSON.parse(await readFile(new URL('../models/catalog.json', import.meta.url), 'utf8'));
const entry = catalogue.models.find(model => model.file === basename(path));
if (!entry) fail('models/catalog.json has no model of this name');

const info = await stat(path).catch(() => fail('there is no such file'));
if (info.size !== entry.bytes) fail(`has ${info.size} bytes instead of ${entry.bytes}`);
const found = await sha256(path);
if (found !== entry.sha256) fail(`has the sha256 ${found} instead of ${entry.sha256}`);

// The header is a few megabytes, the vocabulary most of it.
const handle = await open(path);
const header = Buffer.alloc(Math.min(info.size, 64 << 20));
await handle.read(header, 0, header.length, 0);
await handle.close();
const shape = shapeOf(header, info.size);
for (const [name, value] of Object.entries(shape)) {
  const said = entry.shape?.[name];
  if (said !== value) fail(`has the ${name} ${value}, and the catalogue says ${said}`);
}
