import type { SourceSpec } from '../worker/protocol';
import type { CatalogueEntry } from './catalogue';
import { Connection, callback } from './connection';

/** Instances that are worth it: more only share the memory's speed. */
const MOST = 4;

/** Where a model came from, so that it can be opened again. */
export interface Origin {
  spec: SourceSpec;
  known: CatalogueEntry[];
}

/** A model in a worker. */
export interface Instance {
  connection: Connection;
  model: number;
}

/**
 * How many instances on the CPU suit this machine: one a core, while all of them together take at most a quarter of
 * its memory. The browser tells memory in steps and at most 8 GB; where it does not tell, 4 are assumed.
 */
export function instancesFor(bytes: number, machine: { cores?: number; gigabytes?: number }): number {
  const { cores = 1, gigabytes = 4 } = machine;
  const each = bytes * 1.5 + 100e6;
  const fitting = Math.floor((gigabytes * 1e9) / 4 / each);
  return Math.max(1, Math.min(MOST, cores, fitting));
}

/** The cores and the memory that this browser tells of. */
export function machine(): { cores?: number; gigabytes?: number } {
  const { hardwareConcurrency: cores, deviceMemory: gigabytes } = navigator as Navigator & {
    deviceMemory?: number;
  };
  return { ...(cores ? { cores } : {}), ...(gigabytes ? { gigabytes } : {}) };
}

/** Further instances of a model on the CPU, each in a worker of its own. They are kept for the next run. */
export class Instances {
  #origin: Origin;
  #extra: Promise<Instance>[] = [];

  constructor(origin: Origin) {
    this.#origin = origin;
  }

  /** `count` instances beside the first, as promises: each may come, or fail, at its own time. */
  take(count: number): Promise<Instance>[] {
    while (this.#extra.length < count) this.#extra.push(this.#open());
    return this.#extra.slice(0, count);
  }

  /** Leaves out an instance that failed; the next run opens another. */
  drop(failed: Promise<Instance>): void {
    this.#extra = this.#extra.filter(instance => instance !== failed);
    void failed.then(
      ({ connection }) => connection.close(),
      () => undefined,
    );
  }

  close(): void {
    for (const instance of this.#extra) this.drop(instance);
  }

  async #open(): Promise<Instance> {
    const { spec, known } = this.#origin;
    const connection = new Connection();
    try {
      const { model } = await connection.job(undefined, true, (api, job) =>
        api.open(job, spec, 'cpu', known, null, callback(undefined)),
      );
      return { connection, model };
    } catch (error) {
      connection.close();
      throw error;
    }
  }
}
