import { createHash } from 'node:crypto';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { paused } from '../src/lib/errors';
import type { LoadProgress } from '../src/types';
import { type DownloadJob, download, type Told } from '../src/worker/download';
import { Memory, nodeHasher } from './fixtures-download';

const body = Buffer.from(Array.from({ length: 200_000 }, (_, i) => (i * 7 + (i >> 8)) & 255));
const sha = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const sha256 = sha(body);
const TOLD: Told = { version: { etag: '"one"', modified: null }, total: body.length };
let server: Server | undefined;
/** The `Range` of every request. */
let asked: (string | undefined)[] = [];

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise(resolve => (server ? server.close(resolve) : resolve(null)));
  server = undefined;
});

async function listen(handler: RequestListener): Promise<string> {
  asked = [];
  server = createServer((request, response) => {
    asked.push(request.headers.range);
    handler(request, response);
  });
  await new Promise<void>(resolve => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/model.gguf`;
}

/** As a server does that knows parts; `length` bytes of the answer at most, then the connection breaks. */
function ranged(etag = '"one"', { file = body, length = Number.POSITIVE_INFINITY } = {}): RequestListener {
  return (request, response) => {
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    if (start >= file.length) {
      response.writeHead(416, { etag, 'content-range': `bytes */${file.length}` }).end();
      return;
    }
    const range = start > 0 ? { 'content-range': `bytes ${start}-${file.length - 1}/${file.length}` } : {};
    response.writeHead(start > 0 ? 206 : 200, { etag, 'content-length': file.length - start, ...range });
    const rest = file.subarray(start, start + Math.min(length, file.length));
    if (start + rest.length === file.length) response.end(rest);
    else response.write(rest, () => setTimeout(() => response.destroy(), 20));
  };
}

async function go(url: string, target: Memory, job: Partial<DownloadJob> = {}) {
  const seen: LoadProgress[] = [];
  const result = await download({
    url,
    expected: { bytes: body.length, sha256 },
    target,
    told: target.size > 0 ? TOLD : null,
    newHasher: nodeHasher,
    onProgress: progress => seen.push(progress),
    signal: new AbortController().signal,
    delays: [1, 1, 1],
    ...job,
  });
  expect(target.content.equals(body)).toBe(true);
  expect(result.sha256).toBe(sha256);
  return { ...result, seen };
}

test('goes on behind what is there, which is hashed first', async () => {
  const url = await listen(ranged());
  const { notice, seen } = await go(url, new Memory(body.subarray(0, 120_000)));
  expect(asked).toEqual(['bytes=120000-']);
  expect(notice).toBeNull();
  expect(seen[0]).toEqual({ phase: 'verify', done: 0, total: 120_000 });
  expect(seen.find(({ phase }) => phase === 'download')).toMatchObject({ done: 120_000, total: body.length });
});

test('a file that is all there is asked for no more', async () => {
  const url = await listen(ranged());
  await go(url, new Memory(body));
  expect(asked).toEqual([]);
  // Where the length is not known, the server tells.
  const told = { ...TOLD, total: null };
  await go(url, new Memory(body), { expected: { bytes: null, sha256 }, told });
  expect(asked).toEqual(['bytes=200000-']);
});

test('a broken connection is tried again from the last byte, and the user hears of it', async () => {
  const url = await listen(ranged('"one"', { length: 60_000 }));
  const { notice, seen } = await go(url, new Memory());
  expect(asked).toEqual([undefined, 'bytes=60000-', 'bytes=120000-', 'bytes=180000-']);
  expect(notice).toBeNull();
  const notices = new Set(seen.flatMap(({ notice }) => (notice ? [notice.code] : [])));
  expect([...notices]).toEqual(['network.retrying']);
  expect(seen.every(({ done }, i) => done >= (seen[i - 1]?.done ?? 0))).toBe(true);
});

test('a connection that breaks again and again fails, and what has come stays', async () => {
  const url = await listen(ranged('"one"', { length: 1000 }));
  const target = new Memory();
  await expect(go(url, target)).rejects.toMatchObject({ code: 'network.failed' });
  expect(target.size).toBe(4000);
  expect(asked).toHaveLength(4);
});

test('a server that is overloaded for a moment is asked again, one that refuses is not', async () => {
  let busy = 2;
  const serve = ranged();
  const url = await listen((request, response) => {
    busy -= 1;
    if (busy >= 0) response.writeHead(503).end();
    else serve(request, response);
  });
  await go(url, new Memory(body.subarray(0, 10)));
  expect(asked).toHaveLength(3);
  const gone = await listen((_, response) => response.writeHead(404).end());
  const target = new Memory(body.subarray(0, 10));
  await expect(go(gone, target)).rejects.toMatchObject({ code: 'network.status' });
  expect([asked.length, target.size]).toEqual([1, 10]);
});

test('a server without parts begins again and says so', async () => {
  const url = await listen((_, response) => response.end(body));
  const target = new Memory(body.subarray(0, 50_000));
  const { notice } = await go(url, target);
  expect(notice).toMatchObject({ code: 'network.restarted', message: expect.stringContaining('middle') });
  expect(target.resets).toBe(1);
  expect(asked).toEqual(['bytes=50000-']);
});

test('a file that has changed begins again, with a server that heeds If-Range and with one that does not', async () => {
  const before = Buffer.alloc(50_000, 'another file');
  const heeds = await listen((_, response) => response.writeHead(200, { etag: '"two"' }).end(body));
  const first = await go(heeds, new Memory(before));
  expect(first.notice?.message).toContain('not the one');
  expect(asked).toHaveLength(1);
  const ignores = await listen(ranged('"two"'));
  const second = await go(ignores, new Memory(before));
  expect(second.notice?.message).toContain('not the one');
  expect(asked).toEqual(['bytes=50000-', undefined]);
});

test('the mark of the file goes along', async () => {
  let mark: unknown;
  const serve = ranged();
  const url = await listen((request, response) => {
    mark = request.headers['if-range'];
    serve(request, response);
  });
  // As a page of the same origin.
  const { origin } = new URL(url);
  Object.defineProperty(globalThis, 'location', { value: { origin }, configurable: true });
  try {
    await go(url, new Memory(body.subarray(0, 10)));
  } finally {
    Reflect.deleteProperty(globalThis, 'location');
  }
  expect(mark).toBe('"one"');
});

test.each([
  ['of another place', 'bytes 0-199999/200000', 206],
  ['of a place that was not asked for', 'bytes 60000-199999/200000', 206],
  ['that ends early', 'bytes 50000-60000/200000', 206],
  ['without a place', '', 206],
])('a part %s is not taken', async (_, range, status) => {
  const url = await listen((request, response) => {
    if (!request.headers.range) return void response.end(body);
    response.writeHead(status, range ? { 'content-range': range } : {}).end(body.subarray(0, 1000));
  });
  const target = new Memory(body.subarray(0, 50_000));
  // A part that claims to be the beginning is read as that, and found too short.
  const { notice } = await go(url, target);
  expect(notice?.code).toBe('network.restarted');
});

test('416 for a file that got shorter, and for one that is all there but wrong', async () => {
  let first = true;
  const url = await listen((request, response) => {
    if (first) response.writeHead(416, { 'content-range': 'bytes */10' }).end();
    else ranged()(request, response);
    first = false;
  });
  const { notice } = await go(url, new Memory(body.subarray(0, 150_000)));
  expect(notice?.message).toContain('not the one');
  const wrong = await listen(ranged());
  const again = await go(wrong, new Memory(Buffer.alloc(body.length)));
  expect(again.notice?.message).toContain('damaged');
});

test('a beginning that was damaged on the disk is found out at the end, and all is fetched once more', async () => {
  const url = await listen(ranged());
  const damaged = Buffer.from(body.subarray(0, 50_000));
  damaged[1000] = 255 - (damaged[1000] ?? 0);
  const { notice } = await go(url, new Memory(damaged));
  expect(notice?.message).toContain('damaged');
  expect(asked).toEqual(['bytes=50000-', undefined]);
});

test('a file that is wrong in one go is wrong: model.checksum', async () => {
  const other = Buffer.alloc(body.length, 1);
  const url = await listen(ranged('"one"', { file: other }));
  await expect(go(url, new Memory(body.subarray(0, 100)))).rejects.toMatchObject({ code: 'model.checksum' });
  expect(asked).toEqual(['bytes=100-', undefined]);
});

test('of an unknown file a part is taken only where the server can tell that it is the same', async () => {
  const expected = { bytes: null, sha256: null };
  const url = await listen(ranged());
  const told = { version: { etag: null, modified: null }, total: body.length };
  const { notice } = await go(url, new Memory(body.subarray(0, 100)), { expected, told });
  expect(notice?.message).toContain('does not say');
  expect(asked).toEqual([undefined]);
  await go(url, new Memory(body.subarray(0, 100)), { expected });
  expect(asked).toEqual([undefined, 'bytes=100-']);
});

test('too many and too few bytes behind the part: network.length', async () => {
  const answer = (rest: Buffer) => (_: unknown, response: ServerResponse) =>
    response
      .writeHead(206, { etag: '"one"', 'content-range': `bytes 100-${body.length - 1}/${body.length}` })
      .end(rest);
  const more = await listen(answer(Buffer.concat([body.subarray(100), body])));
  const target = () => new Memory(body.subarray(0, 100));
  await expect(go(more, target())).rejects.toMatchObject({ code: 'network.length' });
  const short = await listen((_, response) => response.end(body.subarray(0, 500)));
  await expect(go(short, target())).rejects.toMatchObject({ code: 'network.length' });
});

test('another length than the one that the catalogue names is refused before a byte is read', async () => {
  const url = await listen(ranged('"one"', { file: body.subarray(0, 150_000) }));
  const target = new Memory(body.subarray(0, 100));
  await expect(go(url, target)).rejects.toMatchObject({ code: 'network.length' });
});

test('redirects are followed for parts too', async () => {
  const serve = ranged();
  const url = await listen((request, response) => {
    if (request.url === '/model.gguf') response.writeHead(302, { location: '/elsewhere.gguf' }).end();
    else serve(request, response);
  });
  await go(url, new Memory(body.subarray(0, 100)));
  expect(asked).toEqual(['bytes=100-', 'bytes=100-']);
});

test('paused: run.paused, also while it waits to try again', async () => {
  const url = await listen((_, response) => {
    response.writeHead(200, { 'content-length': body.length, etag: '"one"' });
    response.write(body.subarray(0, 1000));
  });
  const abort = new AbortController();
  const target = new Memory();
  const onProgress = ({ done }: LoadProgress) => done > 0 && abort.abort(paused());
  await expect(go(url, target, { signal: abort.signal, onProgress })).rejects.toMatchObject({
    code: 'run.paused',
  });
  const broken = await listen((_, response) => response.destroy());
  const waiting = new AbortController();
  const running = go(broken, new Memory(), {
    signal: waiting.signal,
    delays: [60_000],
    onProgress: ({ notice }) => notice && setTimeout(() => waiting.abort(paused()), 10),
  });
  await expect(running).rejects.toMatchObject({ code: 'run.paused' });
});
