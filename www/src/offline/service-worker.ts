import { hasRelaxedSimd } from '../worker/relaxed-simd';

/**
 * Keeps the page's own files, so that a second visit needs no network. The model is not among them: the page keeps it
 * itself, checked, where it can be read piece by piece.
 */

/** The files of this build, relative to the page; `scripts/offline.mjs` puts them before this script. */
declare const clients: { claim(): Promise<void> };
declare const SHELL: { version: string; files: string[] };

interface LastingEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface RequestEvent extends Event {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}

const NAMES = 'traitscope-shell-';
const CACHE = `${NAMES}${SHELL.version}`;
const home = new URL('./', location.href);

// Of the core's two variants the browser needs one; they are the largest files by far.
const isRelaxed = (file: string) => /_bg-relaxed-[^/]*\.wasm$/.test(file);
const relaxed = hasRelaxedSimd() && SHELL.files.some(isRelaxed);
const files = SHELL.files.filter(file => !file.endsWith('.wasm') || isRelaxed(file) === relaxed);

// A new build waits until no page of the old one is open, so that no page is made of both.
addEventListener('install', event => (event as LastingEvent).waitUntil(keep()));
addEventListener('activate', event => (event as LastingEvent).waitUntil(dropOthers()));
addEventListener('fetch', event => {
  const { request } = event as RequestEvent;
  const file = request.method === 'GET' ? fileOf(new URL(request.url)) : null;
  if (file !== null) (event as RequestEvent).respondWith(answer(request, file));
});

async function keep(): Promise<void> {
  const cache = await caches.open(CACHE);
  // Only what has its contents' hash in its name may come from the browser's own cache.
  await cache.addAll(
    files.map(file => new Request(file, { cache: isHashed(file) ? 'default' : 'no-cache' })),
  );
}

async function dropOthers(): Promise<void> {
  const old = (await caches.keys()).filter(name => name.startsWith(NAMES) && name !== CACHE);
  await Promise.all(old.map(name => caches.delete(name)));
  // At the first visit the page that is open takes its files from here from now on.
  if (old.length === 0) await clients.claim();
}

/** The kept file that an address means, whatever its query; null for everything else, which goes its own way. */
function fileOf({ origin, pathname }: URL): string | null {
  if (origin !== home.origin || !pathname.startsWith(home.pathname)) return null;
  const file = pathname.slice(home.pathname.length) || 'index.html';
  return files.includes(file) ? file : null;
}

/**
 * Hashed files as they were kept; the others fresh, and as they were kept only where the network or the server fails.
 * A server that is being mended, or a portal in between, answers too, with an error in the place of the page.
 */
async function answer(request: Request, file: string): Promise<Response> {
  const kept = () => caches.open(CACHE).then(cache => cache.match(file));
  if (isHashed(file)) return (await kept()) ?? fetch(request);
  try {
    const response = await fetch(request);
    return response.status < 400 ? response : ((await kept()) ?? response);
  } catch (error) {
    const found = await kept();
    if (!found) throw error;
    return found;
  }
}

function isHashed(file: string): boolean {
  return file.startsWith('assets/');
}
