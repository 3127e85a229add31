import { expect, test } from 'vitest';
import { differ, lengthOf, placeOf, rangeHeaders, validator } from '../src/worker/ranges';

const part = (headers: Record<string, string>, status = 206) => new Response('x', { status, headers });
const none = { etag: null, modified: null };
const DATE = 'Wed, 21 Oct 2015 07:28:00 GMT';

test('a part is asked for with the mark of the file that it has to belong to', () => {
  const strong = { etag: '"a"', modified: DATE };
  expect(rangeHeaders(0, strong, true)).toEqual({});
  expect(rangeHeaders(7, strong, true)).toEqual({ range: 'bytes=7-', 'if-range': '"a"' });
  // A weak tag never matches; the date may.
  expect(rangeHeaders(7, { etag: 'W/"a"', modified: DATE }, true)).toMatchObject({ 'if-range': DATE });
  expect(rangeHeaders(7, { etag: 'W/"a"', modified: null }, true)).toEqual({ range: 'bytes=7-' });
  expect(rangeHeaders(7, strong, false)).toEqual({ range: 'bytes=7-' });
  expect(validator(none)).toBeNull();
});

test('files differ where a mark that both have does', () => {
  expect(differ({ etag: '"a"', modified: null }, { etag: '"b"', modified: null })).toBe(true);
  expect(differ({ etag: '"a"', modified: DATE }, { etag: 'W/"a"', modified: 'x' })).toBe(false);
  expect(differ({ etag: '"a"', modified: DATE }, { etag: null, modified: 'later' })).toBe(true);
  expect(differ({ etag: '"a"', modified: null }, none)).toBe(false);
});

test('where an answer belongs', () => {
  expect(placeOf(part({ 'content-range': 'bytes 5-9/10' }))).toEqual({ start: 5, total: 10 });
  expect(placeOf(part({ 'content-range': 'bytes 5-9/*' }))).toEqual({ start: 5, total: null });
  expect(placeOf(part({ 'content-length': '10' }, 200))).toEqual({ start: 0, total: 10 });
  expect(placeOf(part({ 'content-length': '10', 'content-encoding': 'gzip' }, 200))).toEqual({
    start: 0,
    total: null,
  });
});

test.each([
  {},
  { 'content-range': '5-9/10' },
  { 'content-range': 'bytes 9-5/10' },
  { 'content-range': 'bytes 5-10/10' },
  { 'content-range': 'bytes 5-7/10' },
  { 'content-range': 'bytes 5-99999999999999999999/99999999999999999999' },
  { 'content-range': 'bytes 5-9/10', 'content-encoding': 'gzip' },
  { 'content-type': 'multipart/byteranges; boundary=x' },
])('the part of %j cannot be relied on', headers => {
  expect(placeOf(part(headers as Record<string, string>))).toBeNull();
});

test('a server that cannot give the part may tell the length', () => {
  expect(lengthOf(new Headers({ 'content-range': 'bytes */10' }))).toBe(10);
  expect(lengthOf(new Headers({ 'content-range': 'bytes 0-9/10' }))).toBeNull();
  expect(lengthOf(new Headers())).toBeNull();
});
