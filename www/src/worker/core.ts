/** The forms in which the core is built: for browsers with relaxed SIMD, and for the others. */
export type Variant = 'baseline' | 'relaxed';

/** What a worker asks the page for: a variant of the core. */
export interface CoreQuestion {
  traitscope_core: Variant;
}

/** What it hears. */
export type CoreAnswer = CoreQuestion & ({ module: WebAssembly.Module } | { error: string });

/** A variant of the core. The page gives it, compiled, so that it is fetched once whatever the number of workers. */
export function coreOf(variant: Variant): Promise<WebAssembly.Module> {
  return new Promise((resolve, reject) => {
    const heard = ({ data }: MessageEvent<CoreAnswer | null>) => {
      if (data?.traitscope_core !== variant) return;
      self.removeEventListener('message', heard);
      if ('module' in data) resolve(data.module);
      else reject(new Error(data.error));
    };
    self.addEventListener('message', heard);
    self.postMessage({ traitscope_core: variant } satisfies CoreQuestion);
  });
}
