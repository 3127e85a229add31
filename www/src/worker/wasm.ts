import type * as Module from '#wasm/baseline/traitscope_web.js';
import baselineUrl from '#wasm/baseline/traitscope_web_bg.wasm?url';
import relaxedUrl from '#wasm/relaxed/traitscope_web_bg.wasm?url';

/** A module with one function that multiplies and adds fused: valid where the browser has relaxed SIMD. */
const RELAXED_SIMD = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  // One type, () -> v128; one function of it.
  ...[0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b, 0x03, 0x02, 0x01, 0x00],
  // Its code: three times i8x16.splat(i32.const 0), f32x4.relaxed_madd, end.
  ...[0x0a, 0x13, 0x01, 0x11, 0x00, 0x41, 0x00, 0xfd, 0x0f, 0x41, 0x00, 0xfd, 0x0f],
  ...[0x41, 0x00, 0xfd, 0x0f, 0xfd, 0x85, 0x02, 0x0b],
);

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
  if (WebAssembly.validate(RELAXED_SIMD)) {
    try {
      return await start(await import('#wasm/relaxed/traitscope_web.js'), relaxedUrl);
    } catch {
      // A server or browser that does not give this one may well give the other.
    }
  }
  return start(await import('#wasm/baseline/traitscope_web.js'), baselineUrl);
}

async function start(module: typeof Module, url: string): Promise<typeof Module> {
  await module.default({ module_or_path: url });
  return module;
}
