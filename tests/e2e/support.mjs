// What the browser tests share: a static server, Chromium, and a watch over what the page does on the network.

import assert from 'node:assert/strict';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { executablePath, FLAGS, GPU_FLAGS } from '../../tools/chromium.mjs';

const { chromium } = createRequire(new URL('../../www/package.json', import.meta.url))('playwright-core');

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const dist = process.env.TRAITSCOPE_DIST ?? join(root, 'dist');

const TYPES = {
  css: 'text/css',
  gguf: 'application/octet-stream',
  html: 'text/html; charset=utf-8',
  js: 'text/javascript',
  json: 'application/json',
  svg: 'image/svg+xml',
  wasm: 'application/wasm',
  webmanifest: 'application/manifest+json',
};

/**
 * Serves `folder` under a sub-path, as a plain web server would. `routes` answers paths (relative to the sub-path)
 * in the folder's place: `(request, response) => void`. `port` 0 is any.
 */
export async function serve(folder, routes = {}, port = 0) {
  const base = '/some/where/';
  const requests = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    if (/%(?![0-9a-f]{2})/i.test(pathname)) return response.writeHead(400).end();
    const path = pathname.startsWith(base) ? decodeURIComponent(pathname.slice(base.length)) : null;
    requests.push(path ?? pathname);
    if (path !== null && routes[path]) return routes[path](request, response);
    const file = path === null ? null : join(folder, normalize(path === '' ? 'index.html' : path));
    if (!file?.startsWith(folder + sep) || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return undefined;
    }
    const type = TYPES[file.split('.').pop()] ?? 'application/octet-stream';
    response.writeHead(200, { 'content-type': type, 'content-length': statSync(file).size });
    return createReadStream(file).pipe(response);
  });
  await new Promise(resolve => server.listen(port, '127.0.0.1', resolve));
  const origin = `http://localhost:${server.address().port}`;
  return {
    url: origin + base,
    origin,
    requests,
    close: () => new Promise(resolve => server.close(resolve) && server.closeAllConnections()),
  };
}

/** The places of the page. */
export const PLACES = ['model', 'test', 'steer', 'monitor', 'results', 'about'];

/** Goes to one of them. */
export async function go(page, place) {
  await page.evaluate(to => {
    location.hash = to;
  }, place);
  await page.locator(`[data-place=${place}]:visible`).waitFor();
}

/** A query that shows all places of the page, beside what it says itself. */
export const allPlaces = (query = '') => `${query === '' ? '?' : `${query}&`}view=all`;

/** A route with an empty page, for tests that use the library as another page would. */
export const empty = {
  'empty.html': (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>'),
};

/** A route with the worker of a build, before whose own script that which `first` gives is run. */
export async function beforeWorker(folder, first) {
  const name = (await readdir(join(folder, 'assets'))).find(name => name.startsWith('worker-'));
  const worker = await readFile(join(folder, 'assets', name), 'utf8');
  return {
    [`assets/${name}`]: (_, response) =>
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(`{${first()}}\n${worker}`),
  };
}

/**
 * A browser with an empty profile of its own. `gpu` switches WebGPU on (SwiftShader where there is no GPU).
 */
export async function launch({ gpu = false, ...options } = {}) {
  const profile = await mkdtemp(join(tmpdir(), 'traitscope-e2e-'));
  const start = () =>
    chromium.launchPersistentContext(profile, {
      executablePath,
      headless: true,
      args: [...FLAGS, ...(gpu ? GPU_FLAGS : [])],
      acceptDownloads: true,
      ...options,
    });
  // A browser that crashes while it starts, before there is a page, says nothing of the page.
  const context = await start().catch(start);
  return {
    context,
    close: async () => {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}

/**
 * Browsers with empty profiles of their own in one process, which starts once: starting takes longer than most tests. They keep what
 * they store in memory.
 */
export function launcher() {
  let starting = null;
  return {
    async launch(options = {}) {
      starting ??= chromium.launch({ executablePath, headless: true, args: FLAGS });
      const browser = await starting;
      const context = await browser.newContext({ acceptDownloads: true, ...options });
      return { context, close: () => context.close() };
    },
    close: async () => (await starting)?.close(),
  };
}

/** Stops the processes of a browser's tabs for so long, in milliseconds, as a computer that sleeps does, and a browser that freezes a tab. */
export async function stopped({ context }, milliseconds) {
  const tools = await context.browser().newBrowserCDPSession();
  const { processInfo } = await tools.send('SystemInfo.getProcessInfo');
  const tabs = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  for (const id of tabs) process.kill(id, 'SIGSTOP');
  await new Promise(resolve => setTimeout(resolve, milliseconds));
  for (const id of tabs) process.kill(id, 'SIGCONT');
}

/** A page whose every request and complaint is noted. `check()` fails on third parties and policy violations. */
export async function watchedPage(context, origin) {
  const page = await context.newPage();
  const foreign = [];
  const complaints = [];
  page.on('request', request => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !/^(blob|data):/.test(url)) foreign.push(url);
  });
  page.on('console', message => {
    if (/content security policy|trusted ?types|violates/i.test(message.text()))
      complaints.push(message.text());
  });
  page.on('pageerror', error => complaints.push(String(error)));
  return {
    page,
    check() {
      assert.deepEqual(foreign, [], 'requests to third parties');
      assert.deepEqual(complaints, [], 'policy violations and uncaught errors');
    },
  };
}

/** The page's steps as a user takes them. */
export const steps = {
  async load(page, timeout = 300_000) {
    await page.getByRole('button', { name: 'Only load it' }).click();
    await steps.ready(page, timeout);
  },
  async loadAndRun(page, timeout = 600_000) {
    await page.getByRole('button', { name: 'Load the model and run the test' }).click();
    await steps.ended(page, 'done', timeout);
  },
  async ready(page, timeout = 300_000) {
    await page.locator('[data-self-test]').waitFor({ timeout });
  },
  async run(page, timeout = 600_000) {
    await page.getByRole('button', { name: /^Run the test/ }).click();
    await steps.ended(page, 'done', timeout);
  },
  /** Runs a test that has to fail after its first answers. */
  async runToFailure(page, timeout = 60_000) {
    await page.getByRole('button', { name: /^Run the test/ }).click();
    await steps.ended(page, 'failed', timeout);
  },
  /** Waits for the end of the run, which has to be of that kind: `done` or `failed`. */
  async ended(page, how, timeout) {
    const end = page.locator('[data-run=done], [data-run=failed]').first();
    await end.waitFor({ timeout });
    const found = await end.getAttribute('data-run');
    if (found === how) return;
    const said = await page.locator('ts-notice:visible').allInnerTexts();
    assert.fail(`The run ended as "${found}", not as "${how}". The page says: ${said.join(' | ')}`);
  },
  async save(page, name) {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name }).click(),
    ]);
    return readFile(await download.path(), 'utf8');
  },
  async saveJson(page) {
    return JSON.parse(await steps.save(page, 'Save the results'));
  },
  /** Drops a file on the page. */
  drop(page, name, text) {
    return steps.dropAll(page, { [name]: text });
  },
  /** Drops several together: their texts by their names. */
  async dropAll(page, files) {
    const dataTransfer = await page.evaluateHandle(files => {
      const data = new DataTransfer();
      for (const [name, text] of Object.entries(files)) data.items.add(new File([text], name));
      return data;
    }, files);
    await page.dispatchEvent('body', 'drop', { dataTransfer });
  },
  /** Gives a file, or several, to the drop zone of that label. */
  async give(page, label, file) {
    const zone = page.locator('ts-file-drop', { hasText: label });
    await zone.locator('input[type=file]:enabled').setInputFiles(file);
  },
};
