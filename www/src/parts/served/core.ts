import baselineUrl from '#wasm/baseline/traitscope_web_bg.wasm?url';
import relaxedUrl from '#wasm/relaxed/traitscope_web_bg.wasm?url';

/** The forms in which the core is built: for browsers with relaxed SIMD, and for the others. */
export type Variant = 'baseline' | 'relaxed';

/** A variant of the core, or where the worker finds it. */
export async function coreOf(variant: Variant): Promise<string | WebAssembly.Module> {
  return variant === 'relaxed' ? relaxedUrl : baselineUrl;
}
