import { words } from '../i18n';

/** What the numbers do not show. */
export const CANNOT = inLanguage(() => words.places.limits.cannot);

/** The same of a study of many settings. */
export const STUDY_CANNOT = inLanguage(() => words.places.limits.studyCannot);

/** A list that is in the language of the page whenever it is read. */
function inLanguage(list: () => string[]): string[] {
  return new Proxy<string[]>([], { get: (_, key) => Reflect.get(list(), key) });
}
