// Pictures of the page, which the tests leave for a person to look at.

import { readdir, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { PLACES } from './support.mjs';

const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
/** Where they lie. */
export const pictures = process.env.TRAITSCOPE_SHOTS || join(cache, 'traitscope/shots');

/** The file of the picture that these words name. */
export function pictureFile(...words) {
  return join(
    pictures,
    `${words
      .join('-')
      .toLowerCase()
      .replaceAll(/[^a-z\d]+/g, '-')}.png`,
  );
}

/** Of these a whole run has a picture in every width and scheme, whatever else it has. */
const EXPECTED = [
  ...PLACES.map(place => ['chromium', place, 'no-model']),
  ...['model-loaded', 'test-options', 'results', 'steer-studied', 'monitor-studied'].map(view => [
    'chromium',
    view,
  ]),
  ...['chromium-webgpu', 'firefox', 'webkitgtk'].flatMap(browser => PLACES.map(place => [browser, place])),
];
const WIDTHS = ['1280', '390'];
const SCHEMES = ['light', 'dark'];

/** Puts a page beside the pictures that shows all of them, and gives the names of those that are missing. */
export async function album() {
  const names = (await readdir(pictures).catch(() => [])).filter(name => name.endsWith('.png')).sort();
  const figures = names.map(
    name =>
      `<figure><a href="${name}"><img src="${name}" alt="" loading="lazy"></a><figcaption>${name}</figcaption></figure>`,
  );
  await writeFile(
    join(pictures, 'index.html'),
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Traitscope, as tests saw it</title>
<style>body{display:flex;flex-wrap:wrap;gap:1rem;font-family:system-ui}figure{margin:0;inline-size:20rem}img{inline-size:100%;max-block-size:30rem;object-fit:cover;object-position:top;border:1px solid #999}</style>
${figures.join('\n')}
`,
  );
  return EXPECTED.flatMap(words =>
    WIDTHS.flatMap(width => SCHEMES.map(scheme => pictureFile(...words, width, scheme))),
  )
    .map(path => path.slice(pictures.length + 1))
    .filter(name => !names.includes(name));
}
