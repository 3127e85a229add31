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
  if (left <= 0) return { fits: true, words: 'its file is here' };
  if (facts === undefined) return { fits: null, words: 'storage: not known yet' };
  if (facts === null) return { fits: null, words: 'storage: this browser does not tell how much it allows' };
  const room = Math.max(0, facts.quota - facts.usage);
  if (left <= room) return { fits: true, words: `storage: this browser allows ${bytes(room)} more here` };
  return {
    fits: false,
    words: `it needs ${bytes(left)} of storage; this browser allows ${room === 0 ? 'none' : bytes(room)} here`,
  };
}

function onGpu(need: Need | null, gpu: GpuFacts | undefined, choice: DeviceChoice): Verdict {
  if (!gpu) return { fits: null, words: 'GPU: not known yet' };
  if (!gpu.usable) return { fits: false, words: `no GPU can be used: ${gpu.why}` };
  if (gpu.software && choice === 'auto') {
    return { fits: false, words: 'no GPU can be used: the one here is computed on the CPU' };
  }
  if (!need) return { fits: null, words: 'GPU: what the model needs is not known' };
  const limit = bytes(gpu.maxBuffer);
  if (need.largest > gpu.maxBuffer) {
    return {
      fits: false,
      words: `its largest part takes ${bytes(need.largest)}; this GPU allows ${limit} in one piece`,
    };
  }
  return {
    fits: true,
    words: `GPU: allows ${limit} in one piece, the largest takes ${bytes(need.largest)}; how much memory it has, no browser tells`,
  };
}

function onCpu(need: Need | null): Verdict {
  if (!need) return { fits: null, words: 'CPU: what the model needs is not known' };
  const limit = bytes(WASM_MEMORY);
  if (need.total > WASM_MEMORY) {
    return {
      fits: false,
      words: `it needs ${bytes(need.total)} of memory; on the CPU a page has ${limit} at most`,
    };
  }
  return { fits: true, words: `CPU: a page has ${limit} of memory at most` };
}

/** What the memory is for. */
function parts(need: Need | null): string[] {
  if (!need) return [];
  const { weights, cache, working } = need;
  return [
    `the model takes ${bytes(weights)} for weights, ${bytes(cache)} for keys and values, ${bytes(working)} to load and work in`,
  ];
}

/** Browsers round the memory, and some never tell more than 8 GB, so that it decides nothing. */
function hint(need: Need | null, { gigabytes }: Device): string {
  if (gigabytes === null) return 'memory: this browser does not tell how much this computer has';
  const told = `memory: this browser speaks of ${gigabytes} GB or more`;
  return need && need.total > gigabytes * 1e9 ? `${told}, which may be too little` : told;
}
