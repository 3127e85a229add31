import type {
  Activations,
  ScoreResult as CoreResult,
  Frame,
  GateResult,
  Item,
  ItemBank,
  Layout,
  LikertInventory,
  Notice,
  Observation,
  PromptMode,
  Rating,
  Readout,
  Steering,
  Template,
} from '../types';

/** What to administer, and how. Everything has a default. */
export interface ScoreOptions {
  /** A bank, or a list of items; without it the bundled bank. */
  items?: ItemBank | Item[];
  /** Statements to be rated, in the place of the items or, where these are given too, after them. */
  inventory?: LikertInventory;
  /** One read-out or several; both by default. */
  readout?: Readout | Readout[];
  /** Templates of the letter read-out; all three by default. */
  templates?: Template[];
  /** Layouts of the letter read-out; `forward` and `reversed` by default, which the official score needs. */
  layouts?: Layout[];
  /** A wording in the place of the templates'; factual questions keep theirs. None by default. */
  frame?: Frame | null;
  /** What stands for `{instruction}` in the frame. */
  instruction?: string | null;
  /** A system prompt. */
  system?: string | null;
  promptMode?: PromptMode;
  /** How many factual questions tell whether a read-out works with this model; 24 by default, 0 for none. */
  gate?: number;
  /**
   * Leaves out the items of a read-out that fails the factual questions, whose scores would mean nothing, and saves
   * their time; false by default.
   */
  skipFailing?: boolean;
  /** Also score each answer after a neutral prompt; false by default. */
  gain?: boolean;
  /** Also administer the items' paraphrases; false by default. */
  paraphrases?: boolean;
  /**
   * What the CPU multiplies with: activations as they are (`f32`, the default) or rounded to 8 bits (`int8`), which is
   * quicker and gives slightly other numbers; how far other is measured on some of the factual questions.
   */
  activations?: Activations;
  /** Edits of the residual stream while it is asked; none by default. */
  steering?: Steering[];
  /** Seed of the bootstrap; 1 by default. */
  seed?: number;
  /**
   * How many instances of the model share the work, each in a worker with its own copy of the weights; by default as
   * many as suit this machine. Only on the CPU: a GPU is not quicker for being shared.
   */
  workers?: number;
  /** Stops the run after the current forward; what is done is returned with `cancelled: true`. */
  signal?: AbortSignal;
  /** May be called again for the same question after a lost GPU; the later answer counts. */
  onObservation?: (observation: Observation) => void;
  /** As `onObservation`, for statements. */
  onRating?: (rating: Rating) => void;
  onGate?: (result: GateResult) => void;
  onProgress?: (progress: ScoreProgress) => void;
  /** Told when the run goes on elsewhere, such as on the CPU after a lost GPU. */
  onNotice?: (notice: Notice) => void;
}

/** How far a run is. */
export interface ScoreProgress {
  phase: string;
  /** Questions put to the model, the factual ones among them; after a lost GPU, those that were left then. */
  done: number;
  total: number;
  /** Items of which every observation is there. */
  items_done: number;
  items: number;
}

/** What a run gave, and how long it took. */
export interface ScoreResult extends CoreResult {
  milliseconds: number;
  /** Read-outs that failed their factual questions and whose items were therefore left out. */
  skipped: Readout[];
}
