import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { LANGUAGES, languageFor, speak } from '../src/i18n';
import { language, words } from '../src/i18n/all';
import { en } from '../src/i18n/en';
import { later } from '../src/i18n/en/later';

const FIRST = import.meta.glob('../src/i18n/*/index.ts', { import: 'words', eager: true });
const LATER = import.meta.glob('../src/i18n/*/later.ts', { import: 'later', eager: true });

beforeAll(() => vi.stubGlobal('document', { documentElement: { lang: 'en' } }));
afterAll(() => speak('en').then(() => vi.unstubAllGlobals()));

const folders = readdirSync(new URL('../src/i18n', import.meta.url), { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(({ name }) => name);

/** The keys of a catalogue, those of its parts included. */
function keys(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path];
  return Object.entries(value).flatMap(([key, inner]) => keys(inner, `${path}.${key}`));
}

/** What a language says, without what English says in its place. */
const catalogue = (id: string): Record<string, unknown> =>
  id === 'en'
    ? { ...en, ...later }
    : Object.assign({}, FIRST[`../src/i18n/${id}/index.ts`], LATER[`../src/i18n/${id}/later.ts`]);

test('a folder with a catalogue is all that a language needs', () => {
  expect(LANGUAGES).toEqual(folders.sort());
  expect(LANGUAGES.length).toBeGreaterThan(1);
});

test('every language is whole', () => {
  // What the library says is English already.
  const own = (all: string[]) =>
    all.filter(key => !/^\.(errors|bundled|templates|recovery\.advice)\./.test(key));
  for (const id of folders) {
    expect(own(keys(catalogue(id)))).toEqual(expect.arrayContaining(own(keys(catalogue('en')))));
  }
});

test('every language is spoken, and found by what a browser prefers', async () => {
  for (const id of folders) {
    await speak(id);
    expect(language).toBe(id);
    expect(document.documentElement.lang).toBe(id);
    expect(words.nav.language).toBe((catalogue(id).nav as typeof en.nav).language);
    expect(languageFor([`${id.toUpperCase()}-XX`, 'en'])).toBe(id);
  }
  await speak('en');
});

test('a language that is not there changes nothing', async () => {
  await speak('xx');
  expect(language).toBe('en');
  expect(languageFor(['xx-XX'])).toBe('en');
});
