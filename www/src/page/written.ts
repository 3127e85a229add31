import type { Stop } from '../types';

/** A token of a text, with what each dial's meter reads there. */
export interface Token {
  text: string;
  /** z-scores against neutral text, one a dial, without what the dials themselves add; none where it was not read yet. */
  z: number[];
}

/** A text as far as it is written. */
export interface Written {
  /** Those of the answer. */
  tokens: Token[];
  /** Token ids of prompt and answer, once it is done. */
  ids: number[];
  /** All its pieces, prompt and answer. */
  pieces: string[];
  /** Where the answer begins among them. */
  from: number;
  stop: Stop | null;
}

/** Every layer's z-score for every token of a text. */
export interface LayerMap {
  trait: string;
  layers: number[];
  /** By layer, then by token. */
  z: number[][];
  pieces: string[];
  /** Where the answer begins among them. */
  from: number;
}
