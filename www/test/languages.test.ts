import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { LANGUAGES, languageFor, speak } from '../src/i18n';
import { language, words } from '../src/i18n/all';
import { en } from '../src/i18n/en';
import { later } from '../src/i18n/en/later';

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

test('a folder with a catalogue is all that a language needs', () => {
  expect(LANGUAGES).toEqual(folders.sort());
  expect(LANGUAGES.length).toBeGreaterThan(1);
});

test('every language is spoken, whole, and found by what a browser prefers', async () => {
  for (const id of folders) {
    await speak(id);
    expect(language).toBe(id);
    expect(document.documentElement.lang).toBe(id);
    // What the library says is English already.
    const own = (all: string[]) =>
      all.filter(key => !/^\.(errors|bundled|templates|recovery\.advice)\./.test(key));
    expect(own(keys(words))).toEqual(expect.arrayContaining(own(keys({ ...en, ...later }))));
    expect(languageFor([`${id.toUpperCase()}-XX`, 'en'])).toBe(id);
  }
  await speak('en');
});

test('a language that is not there changes nothing', async () => {
  await speak('xx');
  expect(language).toBe('en');
  expect(languageFor(['xx-XX'])).toBe('en');
});
