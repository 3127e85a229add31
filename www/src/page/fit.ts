import { language, words } from '../i18n';
import type { CatalogueEntry } from '../lib/traitscope';
import type { DeviceChoice } from '../types';
import type { GpuFacts, StorageFacts } from './device-facts';
import { bytes } from './format';
import { type Need, needOf } from './memory-need';

/** What was measured of the device; what is not known yet is undefined, what cannot be known null. */
export interface Device {
  storage: StorageFacts | null | undefined;
  gpu: GpuFacts | undefined;
  gigabytes: number | null;
}

/** Whether a model fits this device; null: that cannot be told. */
export interface Fit {
  fits: boolean | null;
  /** Why not, in words. */
  reasons: string[];
  /** What was measured, in words. */
  facts: string[];
}

/** What one of the things that a model needs comes to. */
interface Verdict {
  fits: boolean | null;
  words: string;
}

/** What 32 bits address: all the memory that a page's program on the CPU can have. */
const WASM_MEMORY = 2 ** 32;

/** Holds a model against the device that it is to run on; `here` bytes of its file are here already. */
export function fitOf(entry: CatalogueEntry, device: Device, choice: DeviceChoice, here: number): Fit {
  const need = needOf(entry);
  const places = [
    ...(choice === 'cpu' ? [] : [onGpu(need, device.gpu, choice)]),
    ...(choice === 'gpu' ? [] : [onCpu(need)]),
  ];
  const room = storage(entry.bytes - here, device.storage);
  // One place to run is enough.
  const runs = places.some(({ fits }) => fits)
    ? true
    : places.some(({ fits }) => fits === null)
      ? null
      : false;
  const failing = [...(room.fits === false ? [room] : []), ...(runs === false ? places : [])];
  return {
    fits: failing.length > 0 ? false : room.fits && runs,
    reasons: failing.map(({ words }) => words),
    facts: [
      ...parts(need),
      ...[room, ...places].filter(verdict => !failing.includes(verdict)).map(({ words }) => words),
      hint(need, device),
    ],
  };
}

function storage(left: number, facts: StorageFacts | null | undefined): Verdict {
  const { fit } = words.model;
  if (left <= 0) return { fits: true, words: fit.fileHere };
  if (facts === undefined) return { fits: null, words: fit.storageUnknown };
  if (facts === null) return { fits: null, words: fit.storageUntold };
  const room = Math.max(0, facts.quota - facts.usage);
  if (left <= room) return { fits: true, words: fit.storage(bytes(room)) };
  return { fits: false, words: fit.storageShort(bytes(left), room === 0 ? null : bytes(room)) };
}

function onGpu(need: Need | null, gpu: GpuFacts | undefined, choice: DeviceChoice): Verdict {
  const { fit } = words.model;
  if (!gpu) return { fits: null, words: fit.gpuUnknown };
  if (!gpu.usable) return { fits: false, words: fit.gpuUnusable(gpu.why) };
  if (gpu.software && choice === 'auto') return { fits: false, words: fit.gpuSoftware };
  if (!need) return { fits: null, words: fit.gpuNeedUnknown };
  const [largest, limit] = [bytes(need.largest), bytes(gpu.maxBuffer)];
  if (need.largest > gpu.maxBuffer) return { fits: false, words: fit.gpuShort(largest, limit) };
  return { fits: true, words: fit.gpu(largest, limit) };
}

function onCpu(need: Need | null): Verdict {
  const { fit } = words.model;
  if (!need) return { fits: null, words: fit.cpuNeedUnknown };
  const limit = bytes(WASM_MEMORY);
  if (need.total > WASM_MEMORY) return { fits: false, words: fit.cpuShort(bytes(need.total), limit) };
  return { fits: true, words: fit.cpu(limit) };
}

/** What the memory is for. */
function parts(need: Need | null): string[] {
  if (!need) return [];
  const { weights, cache, working } = need;
  return [words.model.fit.parts(bytes(weights), bytes(cache), bytes(working))];
}

/** Browsers round the memory, and some never tell more than 8 GB, so that it decides nothing. */
function hint(need: Need | null, { gigabytes }: Device): string {
  const { fit } = words.model;
  if (gigabytes === null) return fit.memoryUntold;
  const told = need && need.total > gigabytes * 1e9 ? fit.memoryShort : fit.memory;
  return told(gigabytes.toLocaleString(language));
}
