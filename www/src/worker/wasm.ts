import type * as Module from '#wasm/traitscope_web.js';
import wasmUrl from '#wasm/traitscope_web_bg.wasm?url';

let loading: Promise<typeof Module> | null = null;

/** The measuring core, fetched on first use. */
export function core(): Promise<typeof Module> {
  loading ??= load().catch(error => {
    loading = null;
    throw error;
  });
  return loading;
}

async function load(): Promise<typeof Module> {
  const module = await import('#wasm/traitscope_web.js');
  await module.default({ module_or_path: wasmUrl });
  return module;
}
