import { createHash } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { LoadProgress } from '../src/types';
import { download, type Expected } from '../src/worker/download';
import { Memory, nodeHasher } from './fixtures-download';

const body = Buffer.alloc(300_000, 'traitscope');
const sha256 = createHash('sha256').update(body).digest('hex');
let server: Server | undefined;

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise(resolve => (server ? server.close(resolve) : resolve(null)));
  server = undefined;
});

async function listen(handler: RequestListener): Promise<string> {
  server = createServer(handler);
  await new Promise<void>(resolve => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/model.gguf`;
}

async function fetchFrom(
  url: string,
  expected: Partial<Expected> = {},
  onProgress: (progress: LoadProgress) => void = () => {},
  signal = new AbortController().signal,
) {
  const target = new Memory();
  const result = await download({
    url,
    expected: { bytes: null, sha256: null, ...expected },
    target,
    told: null,
    newHasher: nodeHasher,
    onProgress,
    signal,
    delays: [1, 1],
  });
  return { ...result, content: target.content };
}

test('the bytes arrive, hashed, with a progress that only grows and ends at the whole', async () => {
  const url = await listen((_, response) => {
    response.writeHead(200, { 'content-length': body.length });
    for (let at = 0; at < body.length; at += 50_000) response.write(body.subarray(at, at + 50_000));
    response.end();
  });
  const seen: LoadProgress[] = [];
  const result = await fetchFrom(url, { bytes: body.length, sha256 }, progress => seen.push(progress));
  expect(result.content.equals(body)).toBe(true);
  expect(result).toMatchObject({ bytes: body.length, sha256 });
  expect(seen[0]).toEqual({ phase: 'download', done: 0, total: body.length });
  expect(seen.at(-1)).toEqual({ phase: 'download', done: body.length, total: body.length });
  expect(seen.every((now, i) => i === 0 || now.done >= (seen[i - 1]?.done ?? 0))).toBe(true);
  expect(new Set(seen.map(({ total }) => total)).size).toBe(1);
});

test('without a length the total is not known, and that is no error', async () => {
  const url = await listen((_, response) => {
    response.write(body);
    response.end();
  });
  const seen: LoadProgress[] = [];
  expect((await fetchFrom(url, {}, progress => seen.push(progress))).bytes).toBe(body.length);
  expect(seen.every(({ total }) => total === 0)).toBe(true);
});

test('nobody listens: network.failed', async () => {
  const url = await listen(() => {});
  await new Promise(resolve => server?.close(resolve));
  await expect(fetchFrom(url)).rejects.toMatchObject({ code: 'network.failed' });
});

test('the server refuses: network.status with its number', async () => {
  const url = await listen((_, response) => response.writeHead(503).end('busy'));
  await expect(fetchFrom(url)).rejects.toMatchObject({ code: 'network.status', detail: { status: 503 } });
});

test('the connection breaks on the way: network.failed with how far', async () => {
  const url = await listen((_, response) => {
    response.writeHead(200, { 'content-length': body.length });
    response.write(body.subarray(0, 100_000), () => setTimeout(() => response.destroy(), 50));
  });
  const failure = await fetchFrom(url, { bytes: body.length }).catch(error => error);
  expect(failure).toMatchObject({ code: 'network.failed', detail: { bytes: 100_000 } });
});

test.each([
  ['announced', { 'content-length': String(body.length) }],
  ['sent without being announced', {}],
])('another length than the catalogue’s, %s: network.length', async (_, headers) => {
  const url = await listen((_, response) => {
    response.writeHead(200, headers);
    response.write(body);
    response.end();
  });
  for (const bytes of [body.length - 1, body.length + 1]) {
    await expect(fetchFrom(url, { bytes })).rejects.toMatchObject({ code: 'network.length' });
  }
});

test('an announced length of encoded bytes is not taken for the file’s', async () => {
  const url = await listen((_, response) => {
    response.writeHead(200, { 'content-encoding': 'identity', 'content-length': body.length });
    response.end(body);
  });
  const seen: LoadProgress[] = [];
  await fetchFrom(url, {}, progress => seen.push(progress));
  expect(seen[0]?.total).toBe(0);
});

test('another file: model.checksum', async () => {
  const url = await listen((_, response) => response.end(body));
  const wrong = '0'.repeat(64);
  await expect(fetchFrom(url, { sha256: wrong })).rejects.toMatchObject({
    code: 'model.checksum',
    detail: { expected: wrong, found: sha256 },
  });
});

test('cancelled before and during: run.cancelled, and nothing more is read', async () => {
  const url = await listen((_, response) => {
    response.writeHead(200, { 'content-length': body.length });
    response.write(body.subarray(0, 100_000));
  });
  await expect(fetchFrom(url, {}, () => {}, AbortSignal.abort())).rejects.toMatchObject({
    code: 'run.cancelled',
  });
  const abort = new AbortController();
  const running = fetchFrom(
    url,
    {},
    progress => {
      if (progress.done > 0) abort.abort();
    },
    abort.signal,
  );
  await expect(running).rejects.toMatchObject({ code: 'run.cancelled' });
});
