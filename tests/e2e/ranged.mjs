// A model file over HTTP ranges, from a server that can be made to behave badly while a test goes on.

/**
 * A route for `serve`, and the `state` that it goes by: `bytes`, `etag`, `ranges` (whether it knows parts), `stopAfter` (bytes of
 * an answer after which nothing more comes), `breakAfter` (after which the connection breaks), `heedIfRange`, `asked` (the ranges
 * that were asked for, null for the whole).
 */
export function ranged(bytes, options = {}) {
  const state = {
    bytes,
    etag: '"one"',
    ranges: true,
    heedIfRange: true,
    stopAfter: Number.POSITIVE_INFINITY,
    breakAfter: Number.POSITIVE_INFINITY,
    asked: [],
    /** The answer that is under way. */
    last: null,
    ...options,
  };
  const answer = (request, response) => {
    const { bytes, etag } = state;
    state.asked.push(request.headers.range ?? null);
    state.last = response;
    const heard = state.ranges && /^bytes=(\d+)-$/.exec(request.headers.range ?? '');
    const mark = request.headers['if-range'];
    const same = !state.heedIfRange || mark === undefined || mark === etag;
    const start = heard && same ? Number(heard[1]) : 0;
    const headers = { etag, 'content-length': bytes.length - start, 'accept-ranges': 'bytes' };
    if (start > 0) headers['content-range'] = `bytes ${start}-${bytes.length - 1}/${bytes.length}`;
    response.writeHead(start > 0 ? 206 : 200, headers);
    const end = start + Math.min(bytes.length, state.stopAfter, state.breakAfter);
    if (end >= bytes.length) response.end(bytes.subarray(start));
    else {
      // Time for what was sent to be read: a browser drops what it holds of an answer that breaks.
      const broken = state.breakAfter <= state.stopAfter;
      response.write(bytes.subarray(start, end), () => broken && setTimeout(() => response.destroy(), 500));
    }
  };
  return { answer, state };
}
