// A small static web server for dist/ and for tests: node tools/serve.mjs FOLDER [PORT]
// On 127.0.0.1 only. Knows MIME types, HEAD, byte ranges and conditional requests; tells browsers to ask again
// each time (`no-cache`), so that a new build is never hidden by an old one.
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, sep } from 'node:path';
import { pipeline } from 'node:stream';
import { fileURLToPath } from 'node:url';

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ts': 'text/plain; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** The file a request path names inside `root`; a folder means its index.html. Null where there is none. */
async function findFile(root, pathname) {
  let relative;
  try {
    relative = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  if (relative.includes('\0')) return null;
  const path = join(root, relative);
  if (path !== root && !path.startsWith(root.endsWith(sep) ? root : root + sep)) return null;
  const info = await stat(path).catch(() => null);
  if (info?.isDirectory())
    return pathname.endsWith('/') ? findFile(root, `${pathname}index.html`) : { folder: true };
  return info?.isFile() ? { path, info } : null;
}

/** One byte range, inclusive; null where the header is absent or has several; false where it cannot be met. */
function parseRange(header, size) {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return null;
  const start = match[1] === '' ? Math.max(0, size - Number(match[2])) : Number(match[1]);
  const end = match[1] === '' || match[2] === '' ? size - 1 : Math.min(size - 1, Number(match[2]));
  return start <= end ? { start, end } : false;
}

function end(response, status, headers = {}) {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', ...headers });
  response.end(`${status}\n`);
}

async function answer(root, extra, request, response) {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return end(response, 405, { Allow: 'GET, HEAD' });
  const { pathname } = new URL(`http://localhost${request.url}`);
  const file = await findFile(root, pathname);
  if (!file) return end(response, 404);
  if (file.folder) return end(response, 301, { Location: `${pathname.replace(/^\/+/, '/')}/` });

  const { path, info } = file;
  const etag = `"${info.size.toString(16)}-${Math.trunc(info.mtimeMs).toString(16)}"`;
  const headers = {
    ...extra,
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'no-cache',
    'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream',
    ETag: etag,
    'X-Content-Type-Options': 'nosniff',
  };
  if (request.headers['if-none-match'] === etag) return response.writeHead(304, headers).end();

  const changed = 'if-range' in request.headers && request.headers['if-range'] !== etag;
  const range = changed ? null : parseRange(request.headers.range, info.size);
  if (range === false) return end(response, 416, { 'Content-Range': `bytes */${info.size}` });
  const { start, end: last } = range ?? { start: 0, end: info.size - 1 };
  headers['Content-Length'] = last - start + 1;
  if (range) headers['Content-Range'] = `bytes ${start}-${last}/${info.size}`;
  response.writeHead(range ? 206 : 200, headers);
  if (request.method === 'HEAD' || info.size === 0) return response.end();
  // A visitor who leaves half-way is no error.
  return pipeline(createReadStream(path, { start, end: last }), response, () => {});
}

/**
 * Serves `folder` on 127.0.0.1; port 0 takes a free one; `headers` go with every file. Resolves to `{ url, close }`
 * once it listens.
 */
export async function serve(folder, port = 0, headers = {}) {
  const root = await realpath(folder);
  const server = createServer((request, response) => {
    answer(root, headers, request, response).catch(() =>
      response.headersSent ? response.destroy() : end(response, 500),
    );
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  const close = () =>
    new Promise(resolve => {
      server.close(resolve);
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${server.address().port}/`, close };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder, port = '8080'] = process.argv.slice(2);
  try {
    const { url } = await serve(folder, Number(port));
    console.log(`Traitscope is at ${url} (Ctrl-C stops it)`);
  } catch (error) {
    const hint =
      error.code === 'EADDRINUSE'
        ? 'is taken; choose another with --port N'
        : `cannot be used: ${error.message}`;
    console.error(`build.sh: port ${port} ${hint}`);
    process.exit(1);
  }
}
