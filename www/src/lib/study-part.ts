import type { EffectResult, FreeResult, MonitoringResult } from '../types';

/** A part of a study that is finished: some of its items and statements, under every condition. It can be copied and kept. */
export interface StudyPart<T> {
  /** Its place among the parts. */
  index: number;
  /** How many items and statements it is of. */
  units: number;
  result: T;
}

/** How a study is kept part by part, and gone on with. */
export interface Parted<T> {
  /** What `onPart` heard of an earlier call that asked for the same: these parts are not asked again. */
  former?: StudyPart<T>[] | undefined;
  /** Told of every part that is finished. */
  onPart?: ((part: StudyPart<T>) => void) | undefined;
}

/** The rows of some items, by condition. */
export type EffectRows = Pick<EffectResult, 'observations' | 'cancelled'>;
/** The rows of some items, under every system prompt. */
export type MonitoringRows = Pick<MonitoringResult, 'rows' | 'cancelled'>;
/** What was written about some items and statements. */
export type FreeRows = Pick<FreeResult, 'answers' | 'ratings' | 'cancelled'>;
