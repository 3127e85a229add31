// Writes the build's list of models: that of the project, but models whose files were not put beside it lie where the public has
// them, and those of no such place are left out.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const dist = process.env.TRAITSCOPE_DIST ? resolve(process.env.TRAITSCOPE_DIST) : resolve(here, '../../dist');
const folder = join(dist, 'models');

const catalogue = JSON.parse(readFileSync(resolve(here, '../../models/catalog.json'), 'utf8'));
const models = catalogue.models.flatMap(({ url, ...model }) => {
  if (URL.canParse(model.file) || existsSync(join(folder, model.file))) return [model];
  return url ? [{ ...model, file: url }] : [];
});
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'catalog.json'), `${JSON.stringify({ ...catalogue, models })}\n`);
