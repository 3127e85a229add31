// Gives the standard study (studies/trait-standard.json) in the built page in Chromium on the CPU, as a user would, and saves its results:
//
//     node tools/standard-study.mjs results.json
//
// The letters are asked even where they fail their factual questions. docs/findings.md has what came of it; it takes half an hour on
// two slow cores.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { allPlaces, dist, launch, root, serve, steps } from '../tests/e2e/support.mjs';

const HOURS = 3_600_000;

const [path] = process.argv.slice(2);
if (!path) throw new Error('usage: node tools/standard-study.mjs results.json');
const study = {
  ...JSON.parse(await readFile(join(root, 'studies/trait-standard.json'), 'utf8')),
  failing: 'ask',
};

const server = await serve(dist);
const browser = await launch();
try {
  const page = await browser.context.newPage();
  await page.goto(server.url + allPlaces('?device=cpu'));
  await steps.load(page);
  await steps.give(page, 'Use a study of your own', {
    name: 'study.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(study)),
  });
  await page.getByRole('button', { name: 'Give this test' }).click();
  await steps.ended(page, 'done', 3 * HOURS);
  await writeFile(path, await steps.save(page, 'Save the results'));
} finally {
  await browser.close();
  await server.close();
}
