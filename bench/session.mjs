// A browser with one contender: an empty profile, a server with the headers that it needs, and its memory.
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { executablePath, FLAGS } from '../tools/chromium.mjs';
import { serve } from '../tools/serve.mjs';
import { CALL_LIMIT_S, Failure, folders, root } from './plan.mjs';

function playwright() {
  try {
    return createRequire(join(root, 'www/package.json'))('playwright-core').chromium;
  } catch {
    throw new Failure('the Node packages are missing; run ./build.sh setup');
  }
}

/** Runs in the page: opens the contender and reads the answer to a short prompt. */
async function visitPage({ base, module, options, short }) {
  const started = performance.now();
  const { load } = await import(`${base}contenders/${module}.mjs`);
  const contender = await load({ ...options, base });
  const opened = performance.now();
  const answer = await contender.prefill(short);
  const ready = performance.now();
  globalThis.contender = contender;
  return {
    open: (opened - started) / 1000,
    ready: (ready - started) / 1000,
    first: answer,
    stored: contender.stored,
    device: contender.device,
  };
}

/** Runs in the page: calls the contender and takes the time. */
async function callPage({ method, values }) {
  const started = performance.now();
  const value = await globalThis.contender[method](...values);
  return { value, seconds: (performance.now() - started) / 1000 };
}

/** Asks one JavaScript context for the sizes of its WebAssembly memories: `[shared, bytes]`. */
async function memories(send) {
  const { result: prototype } = await send('Runtime.evaluate', {
    expression: 'WebAssembly.Memory.prototype',
  });
  const { objects } = await send('Runtime.queryObjects', { prototypeObjectId: prototype.objectId });
  const { result } = await send('Runtime.callFunctionOn', {
    objectId: objects.objectId,
    functionDeclaration:
      'function () { return this.map(({ buffer }) => [!(buffer instanceof ArrayBuffer), buffer.byteLength]); }',
    returnByValue: true,
  });
  return result.value;
}

const SILENCE_MS = 2000;

/** Bytes of all WebAssembly memories of a page and its workers. They never shrink, so this is the peak. */
async function wasmBytes(context, page) {
  const session = await context.newCDPSession(page);
  const waiting = new Map();
  let last = 0;
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result } = JSON.parse(message);
    waiting.get(id)?.(result ?? {});
  });
  const workers = [];
  session.on('Target.attachedToTarget', ({ sessionId }) => workers.push(sessionId));
  await session.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  });
  const within = sessionId => (method, params) =>
    new Promise(resolve => {
      last += 1;
      waiting.set(last, resolve);
      session.send('Target.sendMessageToTarget', {
        sessionId,
        message: JSON.stringify({ id: last, method, params }),
      });
    });
  const found = await memories((method, params) => session.send(method, params));
  // A thread that waits for work answers nobody; its memory is the page's or another worker's.
  const silence = new Promise(resolve => setTimeout(resolve, SILENCE_MS, []));
  for (const worker of workers) found.push(...(await Promise.race([memories(within(worker)), silence])));
  await session.detach();
  const own = found.filter(([shared]) => !shared).reduce((sum, [, bytes]) => sum + bytes, 0);
  // Threads see one memory, each through an object of its own.
  const common = Math.max(0, ...found.filter(([shared]) => shared).map(([, bytes]) => bytes));
  return own + common;
}

/** Largest resident memory of the browser's processes of a kind, in bytes; null where the system does not tell. */
async function resident(context, kind) {
  const session = await context.browser()?.newBrowserCDPSession();
  if (!session) return null;
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const sizes = await Promise.all(
    processInfo
      .filter(({ type }) => type === kind)
      .map(async ({ id }) => {
        const status = await readFile(`/proc/${id}/status`, 'utf8').catch(() => '');
        return 1024 * Number(/VmHWM:\s*(\d+)/.exec(status)?.[1] ?? 0);
      }),
  );
  return Math.max(0, ...sizes) || null;
}

/** A call that never ends would keep all others waiting. */
async function bounded(work) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Failure(`no answer in ${CALL_LIMIT_S} s`)), CALL_LIMIT_S * 1000);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What the bench's server offers: a folder of links. */
async function offered() {
  const folder = await mkdtemp(join(tmpdir(), 'traitscope-bench-'));
  for (const [name, target] of Object.entries(folders)) await symlink(target, join(folder, name));
  return folder;
}

/** A browser for one contender; `visit` opens it in a new page, `call` asks it. */
export async function session({ module, options, headers, flags = [] }, model, short) {
  const folder = await offered();
  const profile = await mkdtemp(join(tmpdir(), 'traitscope-profile-'));
  const server = await serve(folder, 0, headers);
  const context = await playwright().launchPersistentContext(profile, {
    executablePath,
    headless: true,
    args: [...FLAGS, ...flags],
  });
  let page;
  return {
    version: context.browser()?.version() ?? 'unknown',
    async visit() {
      await page?.close();
      page = await context.newPage();
      // A plain text of the same origin: a document without a page's own work and policy.
      await page.goto(`${server.url}traitscope/traitscope.d.ts`);
      const visited = page.evaluate(visitPage, {
        base: server.url,
        module,
        options: { ...options, model: model.id, file: model.file },
        short,
      });
      return bounded(visited);
    },
    call: (method, ...values) => bounded(page.evaluate(callPage, { method, values })),
    async memory() {
      const known = promise => promise.catch(() => null);
      return {
        wasm: await known(wasmBytes(context, page)),
        page_process: await known(resident(context, 'renderer')),
        gpu_process: await known(resident(context, 'GPU')),
      };
    },
    async close() {
      await context.close();
      await server.close();
      for (const path of [folder, profile]) await rm(path, { recursive: true, force: true });
    },
  };
}
