import { words } from '../i18n';
import { TraitscopeError } from '../lib/traitscope';
import type { Notice } from '../types';

/** An error that the page tells of in its own language; the library's are in English. */
export class PageError extends TraitscopeError {
  /** What the library said of it, where the page says it otherwise. */
  readonly original: string | null;

  constructor(code: string, message: string, detail: unknown = null, original: string | null = null) {
    super(code, message, detail);
    this.original = original;
  }
}

/** What is said of an error or a notice, and what the library said where that is in another language. */
export interface Told {
  text: string;
  original: string | null;
}

/** An error or a notice in the language of the page, as far as the page knows its code. */
export function told(notice: Notice): Told {
  const { code, message } = notice;
  if (notice instanceof PageError) return { text: message, original: notice.original };
  const text = own(words.errors, code);
  if (text !== undefined) return { text, original: message };
  // A notice tells what was done about it already.
  const advice = notice instanceof TraitscopeError ? own(words.recovery.advice, code) : undefined;
  return {
    text: advice === undefined ? message : `${message.replace(/\.$/, '')}. ${advice}`,
    original: null,
  };
}

/** What a table has for a code, which may be the name of something that every object has. */
function own(table: Record<string, string>, code: string): string | undefined {
  return Object.hasOwn(table, code) ? table[code] : undefined;
}

/** An error of which there is more to say. */
export function retold(error: TraitscopeError, tell: (message: string) => string): PageError {
  const { text, original } = told(error);
  return new PageError(error.code, tell(text), error.detail, original);
}
