import { asError, TraitscopeError } from '../lib/traitscope';
import { listed } from './format';

/** The names of files, as a message quotes them. */
export function quoted(files: File[]): string {
  return listed(files.map(({ name }) => `“${name}”`));
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
  const { code, message, detail } = error;
  return message.includes(name) ? error : new TraitscopeError(code, `${name}: ${message}`, detail);
}

/** What the page says to files that came with one beside which there is no room; null where there are none. */
export function leftOut(files: File[], why: string): TraitscopeError | null {
  if (files.length === 0) return null;
  const were = files.length === 1 ? 'was' : 'were';
  return new TraitscopeError(
    'file.several',
    `${quoted(files)} ${were} not opened, since ${why}. To use another, open it by itself.`,
  );
}
