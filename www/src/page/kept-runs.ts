import type { Row } from '../lib/traitscope';
import type { ItemBank, LikertInventory } from '../types';
import type { Identified } from './ids';
import { Kept } from './kept';
import type { KeptModel } from './same-model';
import type { Settings } from './settings';

/** What a run that did not come to its end was. */
interface RunHead extends Identified {
  model: KeptModel;
  settings: Settings;
  bank: ItemBank;
  inventory: LikertInventory | null;
  bankSha256: string | null;
}

/** The same with the rows that it had. */
export interface KeptRun extends RunHead {
  rows: Row[];
}

/** Runs that are kept row by row. */
export class KeptRuns {
  readonly #kept: Kept<RunHead, Row>;

  constructor(unkept: (reason: unknown) => void) {
    this.#kept = new Kept('traitscope-runs', unkept);
  }

  /** The last run that was left by every tab, and how many others were. */
  async find(): Promise<{ run: KeptRun; others: number } | null> {
    const found = await this.#kept.find();
    return found && { run: { ...found.head, rows: found.parts }, others: found.others };
  }

  /** Nothing more is to be kept of a run that was left; what there was of it, unless another tab is at it or has forgotten it. */
  async giveUp(id: string): Promise<KeptRun | null> {
    const given = await this.#kept.giveUp(id);
    return given && { ...given.head, rows: given.parts };
  }

  /** Keeps a run again that was given up; whether that could be done. */
  putBack({ rows: parts, ...head }: KeptRun): Promise<boolean> {
    return this.#kept.putBack({ head, parts });
  }

  /** A run begins, with the rows that it has from before. */
  begin({ rows, ...run }: KeptRun): Promise<void> {
    return this.#kept.begin(run, rows);
  }

  /** A row of the run that goes on. */
  add(row: Row): void {
    this.#kept.add(row);
  }

  /** The run stands still; what it has stays. */
  pause(): Promise<void> {
    return this.#kept.pause();
  }

  /** Nothing more is to be kept of a run. */
  forget(id: string): Promise<void> {
    return this.#kept.forget(id);
  }
}
