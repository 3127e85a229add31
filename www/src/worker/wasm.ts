import type * as Module from '#wasm/baseline/traitscope_web.js';
import { coreOf } from './core';
import { hasRelaxedSimd } from './relaxed-simd';

let loading: Promise<typeof Module> | null = null;

/** The measuring core, fetched on first use, in the variant that suits the browser. */
export function core(): Promise<typeof Module> {
  loading ??= load().catch(error => {
    loading = null;
    throw error;
  });
  return loading;
}

async function load(): Promise<typeof Module> {
  if (hasRelaxedSimd()) {
    try {
      return await start(await import('#wasm/relaxed/traitscope_web.js'), await coreOf('relaxed'));
    } catch {
      // A server or browser that does not give this one may well give the other.
    }
  }
  return start(await import('#wasm/baseline/traitscope_web.js'), await coreOf('baseline'));
}

async function start(module: typeof Module, core: WebAssembly.Module): Promise<typeof Module> {
  await module.default({ module_or_path: core });
  return module;
}
