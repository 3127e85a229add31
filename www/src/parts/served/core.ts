import baselineUrl from '#wasm/baseline/traitscope_web_bg.wasm?url';
import relaxedUrl from '#wasm/relaxed/traitscope_web_bg.wasm?url';
import type { Variant } from '../../worker/core';

/** A variant of the core. */
export function fetchCore(variant: Variant): Promise<Response> {
  return fetch(new URL(variant === 'relaxed' ? relaxedUrl : baselineUrl, import.meta.url));
}
