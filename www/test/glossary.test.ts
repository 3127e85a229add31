import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { later as de } from '../src/i18n/de/later';
import { later as en } from '../src/i18n/en/later';

const elements = new URL('../src/page/elements/', import.meta.url);
const { entries } = en.glossary;

/** Words that stand all over the page, and in no place of their own. */
const WORDS = ['trait', 'item', 'readout', 'seed', 'stream'];

/** What is explained where it stands: each entry that a `ts-help` names, with the files that do. */
const placed = new Map<string, string[]>();
for (const file of readdirSync(elements)) {
  const source = readFileSync(new URL(file, elements), 'utf8');
  const helps = [...source.matchAll(/<ts-help\b([^>]*)>/g)];
  for (const [, attributes = ''] of helps) {
    const name = /^ of="(\w+)"$/.exec(attributes)?.[1] ?? attributes;
    placed.set(name, [...(placed.get(name) ?? []), file]);
  }
}

test('every help is of an entry of the glossary', () => {
  for (const [name, files] of placed) expect(Object.keys(entries), files.join()).toContain(name);
});

test('every measure is explained where it stands, and not in About alone', () => {
  const alone = Object.keys(entries).filter(name => !placed.has(name));
  expect(alone.toSorted()).toEqual(WORDS.toSorted());
});

test('an element brings the help that it shows', () => {
  // What the page begins with has it fetched once it is shown.
  const brought = [...placed.values()].flat().filter(file => file !== 'model-step.ts');
  for (const file of new Set(brought)) {
    expect(readFileSync(new URL(file, elements), 'utf8'), file).toContain("import './help';");
  }
});

test('an entry is one sentence and then more, in both languages in the same order', () => {
  expect(Object.keys(de.glossary.entries)).toEqual(Object.keys(entries));
  // A colon, as in “whether: what”, is within a sentence; a number such as 0.25 is no end of one.
  const sentences = (text: string) => text.split(/(?<=[.?!])\s+(?=[\p{Lu}\d“„−])/u).length;
  for (const catalogue of [en, de]) {
    for (const [name, { term, short, more }] of Object.entries(catalogue.glossary.entries)) {
      expect(sentences(short), `${name}: ${short}`).toBe(1);
      expect(short, name).toMatch(/\.$/);
      expect(more, name).toMatch(/[.?]$/);
      expect(term, name).not.toMatch(/[.?:]$/);
    }
  }
});
