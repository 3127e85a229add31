import { alone } from '#parts/files';

/**
 * Has the browser keep the page for visits without a network. Where it cannot (a private window, an address without
 * https), the page works as before, with the network.
 */
export function keepForOffline(): void {
  const container = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (!container || alone) return;
  keeping = keep(container).catch(() => undefined);
}

let keeping: Promise<void> = Promise.resolve();

/** Waits until the browser has asked for all that it keeps, or has failed to. */
export function keptForOffline(): Promise<void> {
  return keeping;
}

async function keep(container: ServiceWorkerContainer): Promise<void> {
  // After the page has loaded, whose files these are for the most part.
  await new Promise(resolve => addEventListener('load', resolve, { once: true }));
  const { installing } = await container.register(trusted('./service-worker.js') as string);
  if (!installing) return;
  await new Promise(resolve => installing.addEventListener('statechange', resolve, { once: true }));
}

/** Under Trusted Types a service worker's address must come from a policy; this one lets only that address pass. */
function trusted(own: string): unknown {
  const policy = window.trustedTypes?.createPolicy('traitscope-offline', {
    createScriptURL: (value: string) => {
      if (value !== own) throw new TypeError('not the address of the service worker');
      return value;
    },
  });
  return policy?.createScriptURL(own) ?? own;
}
