import type * as Served from '../served/core';

/** What a worker asks the page for: a variant of the core. */
export interface CoreQuestion {
  traitscope_core: string;
}

/** What it hears. */
export type CoreAnswer = CoreQuestion & ({ module: WebAssembly.Module } | { error: string });

/** A variant of the core, which lies in the page, where a worker cannot reach. */
export const coreOf: typeof Served.coreOf = variant =>
  new Promise((resolve, reject) => {
    const heard = ({ data }: MessageEvent<CoreAnswer | null>) => {
      if (data?.traitscope_core !== variant) return;
      self.removeEventListener('message', heard);
      if ('module' in data) resolve(data.module);
      else reject(new Error(data.error));
    };
    self.addEventListener('message', heard);
    self.postMessage({ traitscope_core: variant } satisfies CoreQuestion);
  });
