import type { Row } from '../lib/traitscope';
import type { ItemBank, LikertInventory } from '../types';
import type { Identified } from './ids';
import type { Kept, Whole } from './kept';
import type { KeptModel } from './same-model';
import type { Settings } from './settings';

/** What a run is, and what it takes to go on with it. */
export interface RunHead extends Identified {
  model: KeptModel;
  settings: Settings;
  bank: ItemBank;
  inventory: LikertInventory | null;
  bankSha256: string | null;
}

/** The same with the rows that it had. */
export type KeptRun = Whole<RunHead, Row>;

/** Where runs are kept row by row while they are under way. */
export type RunKeeper = Kept<RunHead, Row>;
