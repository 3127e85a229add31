import { en } from './en';

/** What the page says, in the languages that it knows. */

/** A catalogue: every text of the page, by the part of the page that it stands in. */
export type Words = typeof en;

/** A folder beside this file with a catalogue is a language; English comes with the page, the others when they are chosen. */
const OTHERS = import.meta.glob<Words>(['./*/index.ts', '!./en/index.ts'], { import: 'words' });
const loaderOf = (id: string) => OTHERS[`./${id}/index.ts`];

/** Ids of the languages, as in BCP 47. */
export const LANGUAGES = ['en', ...Object.keys(OTHERS).map(path => path.split('/')[1] ?? '')].sort();

/** The language that the page speaks now. */
export let language = 'en';
/** What it says in it. */
export let words: Words = en;

/** What a language calls itself. */
export function nameOf(id: string): string {
  return new Intl.DisplayNames([id], { type: 'language' }).of(id) ?? id;
}

/** The first of the preferred languages that the page speaks; a region makes no difference. */
export function languageFor(preferred: readonly string[]): string {
  const known = preferred.map(id => id.toLowerCase().split('-')[0] ?? '');
  return known.find(id => LANGUAGES.includes(id)) ?? 'en';
}

/** Has the catalogues of all languages be there. */
export async function fetchLanguages(): Promise<void> {
  await Promise.allSettled(Object.values(OTHERS).map(load => load()));
}

/** Has the page speak a language from the next rendering on. Where its catalogue cannot be fetched, all stays as it is. */
export async function speak(id: string): Promise<void> {
  const next = id === 'en' ? en : await loaderOf(id)?.();
  if (!next) return;
  language = id;
  words = next;
  document.documentElement.lang = id;
}

/** Says something in English whatever the page speaks: what is saved as data is the same for all. */
export function inEnglish<T>(say: () => T): T {
  const spoken = { language, words };
  [language, words] = ['en', en];
  try {
    return say();
  } finally {
    ({ language, words } = spoken);
  }
}
