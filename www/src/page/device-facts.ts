import { type Words, words } from '../i18n';

/** What can be measured of this device before a model is loaded. */

/** The GPU, as far as WebGPU tells of it. */
export type GpuFacts =
  | { usable: false; why: string }
  | { usable: true; software: boolean; maxBuffer: number };

/** Storage of this page, in bytes. */
export interface StorageFacts {
  quota: number;
  usage: number;
}

/** What WebGPU shows that TypeScript's DOM library may not name. */
interface Adapter {
  features: { has(name: string): boolean };
  limits: { maxBufferSize: number; maxStorageBufferBindingSize: number };
  info?: { isFallbackAdapter?: boolean };
  isFallbackAdapter?: boolean;
}
interface Gpu {
  requestAdapter(options: { powerPreference: 'high-performance' }): Promise<Adapter | null>;
}

let gpu: Promise<GpuFacts> | null = null;

/** The GPU's limits, asked for once. */
export function gpuFacts(): Promise<GpuFacts> {
  gpu ??= measure().catch(() => lacking('failed'));
  return gpu;
}

/** Says why in the language that the page speaks when it is asked. */
function lacking(what: keyof Words['model']['noGpu']): GpuFacts {
  return {
    usable: false,
    get why() {
      return words.model.noGpu[what];
    },
  };
}

async function measure(): Promise<GpuFacts> {
  const found = (navigator as { gpu?: Gpu }).gpu;
  if (!found) return lacking('noWebGpu');
  const adapter = await found.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) return lacking('none');
  // Burn cannot start without it.
  if (!adapter.features.has('timestamp-query')) return lacking('noTimestamps');
  const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits;
  const software = adapter.info?.isFallbackAdapter ?? adapter.isFallbackAdapter ?? false;
  return { usable: true, software, maxBuffer: Math.min(maxBufferSize, maxStorageBufferBindingSize) };
}

/** How much this page may store and has stored; null where the browser does not tell. */
export async function storageFacts(): Promise<StorageFacts | null> {
  try {
    const { quota, usage } = await navigator.storage.estimate();
    return quota === undefined || usage === undefined ? null : { quota, usage };
  } catch {
    return null;
  }
}

/** The computer's memory in gigabytes as the browser tells it, in steps; null where it does not. */
export function gigabytes(): number | null {
  return (navigator as { deviceMemory?: number }).deviceMemory ?? null;
}
