import { language, words } from '../i18n';

/**
 * Reading values of unknown shape. A reader gives the value as its type or throws a {@link Malformed}; nothing that was not asked for
 * comes through, whatever its name.
 */

/** What is not what it should be. */
export class Malformed extends Error {}

/** Says that a value is not what is wanted where it stands. */
function refused(at: string, wanted: string, value: unknown): Malformed {
  const said = words.opening.value;
  const where = at || said.all;
  return new Malformed(
    value === undefined ? said.missing(where, wanted) : said.found(where, shown(value), wanted),
  );
}

/** So far may rounding take a share beyond its ends. */
const ROUNDING = 1e-3;

export type Reader<T> = (value: unknown, at: string) => T;

/** A text of at most so many characters. */
export function text(most = 300): Reader<string> {
  return (value, at) => {
    if (typeof value === 'string' && value.length <= most) return value;
    throw refused(at, words.opening.value.text(most), value);
  };
}

/** A number, which neither infinity nor "not a number" is. */
export const finite: Reader<number> = (value, at) => {
  if (Number.isFinite(value)) return Number(value);
  throw refused(at, words.opening.value.number, value);
};

/** A share of 1, which may be off by what rounding does. */
export const share: Reader<number> = (value, at) => {
  if (typeof value === 'number' && value > -ROUNDING && value < 1 + ROUNDING) return value;
  throw refused(at, words.opening.value.share, value);
};

/** A whole number. */
export function whole(low = 0, high = Number.MAX_SAFE_INTEGER): Reader<number> {
  return (value, at) => {
    if (Number.isInteger(value) && Number(value) >= low && Number(value) <= high) return Number(value);
    throw refused(at, words.opening.value.whole(low, high), value);
  };
}

export const flag: Reader<boolean> = (value, at) => {
  if (typeof value === 'boolean') return value;
  throw refused(at, words.opening.value.flag, value);
};

export function oneOf<const T extends string>(...values: T[]): Reader<T> {
  return (value, at) => {
    const found = values.find(one => one === value);
    if (found !== undefined) return found;
    throw refused(at, words.opening.value.oneOf(values), value);
  };
}

/** A date and time, ISO 8601. */
export const date: Reader<string> = (value, at) => {
  if (
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) &&
    !Number.isNaN(Date.parse(value))
  )
    return value;
  throw refused(at, words.opening.value.date, value);
};

export function nullable<T>(reader: Reader<T>): Reader<T | null> {
  return (value, at) => (value === null ? null : reader(value, at));
}

/** What may be missing. */
export function optional<T>(reader: Reader<T>, standard: T): Reader<T> {
  return (value, at) => (value === undefined ? standard : reader(value, at));
}

/** A list of at least and at most so many. */
export function list<T>(reader: Reader<T>, most: number, least = 0): Reader<T[]> {
  return (value, at) => {
    if (!Array.isArray(value)) throw refused(at, words.opening.value.list, value);
    if (value.length < least || value.length > most) {
      throw refused(at, words.opening.value.entries(least, most.toLocaleString(language)), value);
    }
    return value.map((entry, i) => reader(entry, `${at}[${i}]`));
  };
}

/** An object with these fields of its own; others are left out. */
export function record<T extends object>(fields: { [K in keyof T]: Reader<T[K]> }): Reader<T> {
  return (value, at) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw refused(at, words.opening.value.object, value);
    }
    const read = Object.entries<Reader<unknown>>(fields).map(([name, reader]) => [
      name,
      reader(own(value, name), at === '' ? name : `${at}.${name}`),
    ]);
    return Object.fromEntries(read) as T;
  };
}

/** A field that an object has itself. */
export function own(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}

/** A value in a message, in few characters. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return words.opening.value.listOf(value.length.toLocaleString(language));
  if (typeof value === 'object' && value !== null) return words.opening.value.object;
  const text = typeof value === 'string' ? words.opening.value.quoted(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
