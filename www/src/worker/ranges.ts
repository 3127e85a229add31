/** Parts of a file over HTTP (RFC 9110, sections 8.8, 13.1.5 and 14). */

/** What tells one form of a file from another, as far as the server says it. */
export interface Version {
  etag: string | null;
  modified: string | null;
}

/** Where the bytes of an answer lie in the file, and how many the file has, where that is said. */
export interface Place {
  start: number;
  total: number | null;
}

export function versionOf(headers: Headers): Version {
  return { etag: headers.get('etag'), modified: headers.get('last-modified') };
}

/** What goes into `If-Range`: a weak tag never matches there, so it says nothing. */
export function validator({ etag, modified }: Version): string | null {
  return etag !== null && !etag.startsWith('W/') ? etag : modified;
}

/** Whether two answers speak of different files; where they share no mark, nothing says so. */
export function differ(before: Version, after: Version): boolean {
  if (before.etag !== null && after.etag !== null) return opaque(before.etag) !== opaque(after.etag);
  return before.modified !== null && after.modified !== null && before.modified !== after.modified;
}

/**
 * The headers that ask for all bytes from `start` on. A page may show `If-Range` to its own origin only: to others it would need
 * their leave first, so there the answer's own marks are compared.
 */
export function rangeHeaders(start: number, version: Version | null, ownOrigin: boolean): HeadersInit {
  if (start === 0) return {};
  const known = version && ownOrigin ? validator(version) : null;
  return { range: `bytes=${start}-`, ...(known === null ? {} : { 'if-range': known }) };
}

/** Where an answer's bytes belong; null where it does not say so in a way that can be relied on. */
export function placeOf({ status, headers }: Response): Place | null {
  const encoded = isEncoded(headers);
  if (status !== 206) return { start: 0, total: encoded ? null : contentLength(headers) };
  // A part of encoded bytes, or several parts in one answer.
  if (encoded) return null;
  const match = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(headers.get('content-range') ?? '');
  if (!match) return null;
  const [start, end] = [Number(match[1]), Number(match[2])];
  const total = match[3] === '*' ? null : Number(match[3]);
  if (![start, end, total ?? 0].every(Number.isSafeInteger) || start > end) return null;
  // Whatever was asked for goes to the file's end.
  if (total !== null && end !== total - 1) return null;
  return { start, total };
}

/** How long the file is, as told by a server that could not give the part asked for (416). */
export function lengthOf(headers: Headers): number | null {
  const match = /^bytes \*\/(\d+)$/.exec(headers.get('content-range') ?? '');
  return match && Number.isSafeInteger(Number(match[1])) ? Number(match[1]) : null;
}

/** Under a content encoding the header speaks of other bytes than those that arrive. */
function isEncoded(headers: Headers): boolean {
  return headers.get('content-encoding') !== null;
}

function contentLength(headers: Headers): number | null {
  const text = headers.get('content-length');
  if (text === null || !/^\d+$/.test(text)) return null;
  const length = Number(text);
  return Number.isSafeInteger(length) && length > 0 ? length : null;
}

function opaque(etag: string): string {
  return etag.replace(/^W\//, '');
}
