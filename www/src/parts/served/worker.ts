import workerUrl from '../../worker/worker?worker&url';

/** A new worker that owns a core of its own. */
export function openWorker(): Worker {
  return new Worker(trusted(workerUrl) as string, { type: 'module' });
}

/** Under Trusted Types a worker's address must come from a policy; this one lets only the library's own pass. */
function trusted(url: string): unknown {
  const own = new URL(url, import.meta.url).href;
  const policy = globalThis.window?.trustedTypes?.createPolicy;
  if (!policy) return own;
  urls ??= window.trustedTypes?.createPolicy('traitscope-worker', {
    createScriptURL: (value: string) => {
      if (value !== own) throw new TypeError('not the address of the worker');
      return value;
    },
  });
  return urls?.createScriptURL(own) ?? own;
}

let urls: ReturnType<TrustedTypePolicyFactory['createPolicy']> | undefined;
