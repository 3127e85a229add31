import type { Arm, EffectResult, Observation, Persona, Positions } from '../types';
import type { ScoreOptions } from './score-options';
import type { EffectRows, Parted } from './study-part';

/** Directions and their doses, and the test that is given under each. */
export interface EffectOptions
  extends Parted<EffectRows>,
    Pick<
      ScoreOptions,
      | 'items'
      | 'readout'
      | 'templates'
      | 'layouts'
      | 'system'
      | 'promptMode'
      | 'gain'
      | 'paraphrases'
      | 'activations'
      | 'steering'
      | 'seed'
      | 'workers'
      | 'signal'
      | 'onNotice'
    > {
  /** The directions: those of traits, and those of chance beside them. */
  arms: Arm[];
  /** Which tokens are edited; all by default. */
  positions?: Positions;
  /** System prompts that ask for a trait in words, to hold steering against; none by default. */
  personas?: Persona[];
  /** A finished row; `condition` counts as in the result. */
  onObservation?: (condition: number, observation: Observation) => void;
  /** Questions answered, those of all conditions together; `total` is 0 until it is known. */
  onProgress?: (done: number, total: number) => void;
}

/** What a study gave, and how long it took. */
export interface TimedEffect extends EffectResult {
  milliseconds: number;
}
