import { fetchCore } from '#parts/core';
import { workerScript } from '#parts/worker';
import type { CoreAnswer, CoreQuestion, Variant } from '../worker/core';

/**
 * A new worker that owns a core of its own. Its script and the core are fetched once, whatever the number of workers. A worker that is
 * made of a text is also under the policy of the page, which one that has an address of its own is not.
 */
export async function openWorker(): Promise<Worker> {
  address ??= workerScript().then(ownAddress);
  address.catch(() => {
    address = null;
  });
  const worker = new Worker((await address) as string);
  worker.addEventListener('message', ({ data }: MessageEvent<Partial<CoreQuestion> | null>) => {
    if (data?.traitscope_core) void give(worker, data.traitscope_core);
  });
  return worker;
}

/** Of the worker's script: the same for every worker. One that could not be fetched is asked for again. */
let address: Promise<unknown> | null = null;

/** Under Trusted Types a worker's address must come from a policy; this one lets only the worker's own pass. */
function ownAddress(script: string): unknown {
  const own = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const policy = globalThis.window?.trustedTypes?.createPolicy('traitscope-worker', {
    createScriptURL: (value: string) => {
      if (value !== own) throw new TypeError('not the address of the worker');
      return value;
    },
  });
  return policy?.createScriptURL(own) ?? own;
}

/** By variant. */
const compiled = new Map<Variant, Promise<WebAssembly.Module>>();

async function give(worker: Worker, variant: Variant): Promise<void> {
  let module = compiled.get(variant);
  if (!module) {
    module = compile(variant);
    compiled.set(variant, module);
  }
  try {
    worker.postMessage({ traitscope_core: variant, module: await module } satisfies CoreAnswer);
  } catch (error) {
    compiled.delete(variant);
    worker.postMessage({ traitscope_core: variant, error: String(error) } satisfies CoreAnswer);
  }
}

/** A server need not know what a file of this kind is called, without which no browser compiles it as it comes. */
async function compile(variant: Variant): Promise<WebAssembly.Module> {
  const response = await fetchCore(variant);
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  const streamed = /^application\/wasm\b/.test(response.headers.get('content-type') ?? '');
  return streamed
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}
