import { words } from '../i18n';
import { asError, type TraitscopeError } from '../lib/traitscope';
import { listed } from './format';
import { PageError, retold, told } from './page-error';

/** The names of files, as a message quotes them. */
export function quoted(files: File[]): string {
  return listed(files.map(({ name }) => words.files.quoted(name)));
}

/**
 * Takes files one after the other. One that is refused leaves the others as they are; `named` where its error has to say which of several it
 * is about.
 */
export async function oneByOne(
  files: File[],
  named: boolean,
  take: (file: File) => Promise<void>,
): Promise<TraitscopeError[]> {
  const errors: TraitscopeError[] = [];
  for (const file of files) {
    try {
      await take(file);
    } catch (error) {
      errors.push(named ? nameIn(asError(error), quoted([file])) : asError(error));
    }
  }
  return errors;
}

function nameIn(error: TraitscopeError, name: string): TraitscopeError {
  return told(error).text.includes(name) ? error : retold(error, message => words.files.of(name, message));
}

/** What the page says to files that came with one beside which there is no room; null where there are none. */
export function leftOut(files: File[], why: string): TraitscopeError | null {
  if (files.length === 0) return null;
  return new PageError('file.several', words.files.leftOut(quoted(files), files.length, why));
}
