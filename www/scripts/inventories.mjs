// Writes the IPIP-NEO inventories of two npm packages, in all their languages, as inventories that the reader of statements takes:
// items/ipip/<inventory>.<language>.json in the built page, and items/ipip/index.json, which lists them.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { norms } from './people.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const dist = process.env.TRAITSCOPE_DIST ? resolve(process.env.TRAITSCOPE_DIST) : resolve(here, '../../dist');
const folder = join(dist, 'items/ipip');
const require = createRequire(import.meta.url);

const DOMAINS = {
  O: 'Openness',
  C: 'Conscientiousness',
  E: 'Extraversion',
  A: 'Agreeableness',
  N: 'Neuroticism',
};

/** The facets as ipip.ori.org names them, in the order of their numbers. */
const FACETS = {
  O: ['Imagination', 'Artistic interests', 'Emotionality', 'Adventurousness', 'Intellect', 'Liberalism'],
  C: [
    'Self-efficacy',
    'Orderliness',
    'Dutifulness',
    'Achievement-striving',
    'Self-discipline',
    'Cautiousness',
  ],
  E: [
    'Friendliness',
    'Gregariousness',
    'Assertiveness',
    'Activity level',
    'Excitement-seeking',
    'Cheerfulness',
  ],
  A: ['Trust', 'Morality', 'Altruism', 'Cooperation', 'Modesty', 'Sympathy'],
  N: ['Anxiety', 'Anger', 'Depression', 'Self-consciousness', 'Immoderation', 'Vulnerability'],
};

const INVENTORIES = [
  {
    id: 'ipip-neo-120',
    name: 'IPIP-NEO-120',
    of: '@bigfive-org/questions',
    items: 120,
  },
  {
    id: 'ipip-neo-300',
    name: 'IPIP-NEO-300',
    of: '@alheimsins/b5-costa-mccrae-300-ipip-neo-pi-r',
    items: 300,
  },
];

mkdirSync(folder, { recursive: true });
const index = INVENTORIES.map(({ id, name, of, items }) => {
  const root = dirname(require.resolve(`${of}/package.json`));
  const { version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { getInfo, getChoices } = require(of);
  const names = new Map(getInfo().languages.map(language => [language.id, language.text]));
  const folders = readdirSync(join(root, 'data'), { withFileTypes: true }).filter(entry =>
    entry.isDirectory(),
  );
  const languages = folders.map(({ name: language }) => {
    const questions = JSON.parse(readFileSync(join(root, 'data', language, 'questions.json'), 'utf8'));
    if (questions.length !== items)
      throw new Error(`${of}, ${language}: ${questions.length} items instead of ${items}`);
    const scale = getChoices(language).plus.toSorted((a, b) => a.score - b.score);
    const inventory = {
      name,
      version: `${version} (${of})`,
      // The items are in the public domain, their collection and translations under the licence of the package.
      licence: license,
      language,
      // English items are what comes after "I"; in the other languages they are sentences.
      ...(language === 'en' ? { stem: 'I {}' } : {}),
      scale: scale.map(({ text }) => text),
      items: questions.map(({ text, keyed, domain, facet }, i) => ({
        id: `${domain}${facet}-${i + 1}`,
        text,
        domain: DOMAINS[domain],
        facet: FACETS[domain][facet - 1],
        keyed,
      })),
      norms: norms(id, name, items, DOMAINS, FACETS),
    };
    writeFileSync(join(folder, `${id}.${language}.json`), `${JSON.stringify(inventory)}\n`);
    return { id: language, name: names.get(language) ?? language };
  });
  return { id, name, items, languages: languages.toSorted((a, b) => a.name.localeCompare(b.name, 'en')) };
});
writeFileSync(join(folder, 'index.json'), `${JSON.stringify(index)}\n`);
