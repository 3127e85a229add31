import { en } from './en';
import type { later } from './en/later';

/** What the page says, in the languages that it knows. */

/** The texts that the page begins with, by the part of the page that they stand in. */
export type FirstWords = typeof en;
/** The texts of what follows once the page is shown; who needs them has the words from `./all`. */
export type LaterWords = typeof later;
/** A catalogue. */
export type Words = FirstWords & LaterWords;

/** A folder beside this file with both is a language; English comes with the page, the others when they are chosen. */
const FIRST = import.meta.glob<FirstWords>(['./*/index.ts', '!./en/index.ts'], { import: 'words' });
const LATER = import.meta.glob<LaterWords>(['./*/later.ts', '!./en/later.ts'], { import: 'later' });

/** Ids of the languages, as in BCP 47. */
export const LANGUAGES = ['en', ...Object.keys(FIRST).map(path => path.split('/')[1] ?? '')].sort();

/** The language that the page speaks now. */
export let language = 'en';
/** What it says in it from the beginning on. */
export let words: FirstWords = en;
/** What it says in it; whole from when {@link complete} was called. */
export let allWords = en as Words;

/** What is there of the texts that follow, by language. */
const follows = new Map<string, LaterWords>();
/** The change of language that is under way. */
let speaking: Promise<unknown> = Promise.resolve();

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
  await Promise.allSettled([...Object.values(FIRST), ...Object.values(LATER)].map(load => load()));
}

/** Has the page speak a language from the next rendering on. Where its catalogue cannot be fetched, all stays as it is. */
export function speak(id: string): Promise<void> {
  const change = async () => {
    const first = id === 'en' ? en : await FIRST[`./${id}/index.ts`]?.().catch(() => null);
    if (!first) return;
    // What is shown already has to change as a whole.
    if (follows.has('en')) await follow(id);
    say(id, first);
    document.documentElement.lang = id;
  };
  const changed = change();
  speaking = changed;
  return changed;
}

/** Has the texts that follow be there in the language of the page. Where they cannot be fetched, these are in English. */
export async function fetchLater(): Promise<void> {
  await speaking;
  await follow(language);
  say(language, words);
}

/** Takes the texts that follow in English, in which every other language has what it lacks. */
export function complete(later: LaterWords): void {
  follows.set('en', later);
  say(language, words);
}

async function follow(id: string): Promise<void> {
  const found = follows.has(id) ? null : await LATER[`./${id}/later.ts`]?.().catch(() => null);
  if (found) follows.set(id, found);
}

function say(id: string, first: FirstWords): void {
  const english = { ...en, ...follows.get('en') } as Words;
  language = id;
  words = allWords = id === 'en' ? english : filled(english, { ...first, ...follows.get(id) });
}

/** Says something in English whatever the page speaks: what is saved as data is the same for all. */
export function inEnglish<T>(saying: () => T): T {
  const spoken = { language, allWords };
  say('en', en);
  try {
    return saying();
  } finally {
    ({ language, allWords } = spoken);
    words = allWords;
  }
}

/** A catalogue with the English texts in the place of those that it lacks. */
function filled<T>(english: T, own: unknown): T {
  if (!isTable(english) || !isTable(own)) return (own ?? english) as T;
  const texts = Object.entries(own).map(([key, text]) => [key, filled(english[key], text)]);
  return { ...english, ...Object.fromEntries(texts) };
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
