import type * as Served from '../served/worker';
import { text, unpacked } from './blocks';
import type { CoreAnswer, CoreQuestion } from './core';

/** A new worker from the script in the page, which also gives it the core. */
export const openWorker: typeof Served.openWorker = () => {
  address ??= ownAddress();
  const worker = new Worker(address as string);
  worker.addEventListener('message', ({ data }: MessageEvent<Partial<CoreQuestion> | null>) => {
    if (typeof data?.traitscope_core === 'string') void give(worker, data.traitscope_core);
  });
  return worker;
};

/** Of the worker's script: the same for every worker. */
let address: unknown;

/** A page opened from a file may start no worker by an address, but for one that it makes of a text. */
function ownAddress(): unknown {
  const own = URL.createObjectURL(new Blob([text('worker.js')], { type: 'text/javascript' }));
  const policy = window.trustedTypes?.createPolicy('traitscope-worker', {
    createScriptURL: (value: string) => {
      if (value !== own) throw new TypeError('not the address of the worker');
      return value;
    },
  });
  return policy?.createScriptURL(own) ?? own;
}

/** By variant. Compiled once, whatever the number of workers. */
const compiled = new Map<string, Promise<WebAssembly.Module>>();

async function give(worker: Worker, variant: string): Promise<void> {
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

async function compile(variant: string): Promise<WebAssembly.Module> {
  const headers = { 'content-type': 'application/wasm' };
  return WebAssembly.compileStreaming(new Response(unpacked(`core/${variant}.wasm`), { headers }));
}
