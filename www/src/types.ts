/**
 * The structures that cross between the page and the measuring core, named as in their JSON.
 * Probabilities are 0 to 1, log-probabilities natural, times milliseconds.
 */

/** How the model's answer is read: from label letters, or from the probability of each answer's own text. */
export type Readout = 'letters' | 'continuation';
/** A question template of the letter read-out. */
export type Template = 'T1' | 'T2' | 'T3';
/** The order in which the letter read-out offers the answers. */
export type Layout = 'forward' | 'reversed';
/** The processor asked for; `auto` takes the GPU where it works. */
export type DeviceChoice = 'auto' | 'gpu' | 'cpu';
/** How an item becomes a prompt: through the model's chat template, bare, or whichever the model has. */
export type PromptMode = 'auto' | 'chat' | 'raw';

/** Something the user should know that is no failure. */
export interface Notice {
  code: string;
  message: string;
}

export interface DeviceInfo {
  kind: 'gpu' | 'cpu';
  adapter: string;
  backend: string;
  limits: Record<string, number>;
  /** Why the device is not the one asked for, where that is so. */
  notice: Notice | null;
}

export interface ModelInfo {
  name: string;
  sha256: string | null;
  architecture: string;
  quantisation: string;
  parameters: number;
  bytes: number;
  layers: number;
  width: number;
  heads: number;
  kv_heads: number;
  vocabulary: number;
  context: number;
  licence: string | null;
  has_chat_template: boolean;
  device: DeviceInfo;
}

export interface SelfTest {
  passed: boolean;
  device: 'gpu' | 'cpu';
  /** Against known numbers of this model, against the CPU on the same machine, or one computation in two ways. */
  method: 'golden' | 'cpu-twin' | 'repeat';
  max_error: number;
  tolerance: number;
  milliseconds: number;
  message: string;
  /** The GPU failed and the model now runs on the CPU. */
  fell_back: boolean;
}

/** One item of a trait test, in the field names of the TRAIT data. */
export interface Item {
  id: string;
  personality: string;
  situation: string;
  query: string;
  paraphrased_situation: string | null;
  paraphrased_query: string | null;
  response_high1: string;
  response_high2: string;
  response_low1: string;
  response_low2: string;
}

export interface ItemBank {
  name: string;
  version: string;
  licence: string;
  items: Item[];
}

export interface OptionScore {
  key: 'high1' | 'high2' | 'low1' | 'low2';
  /** Sum over the answer's tokens. */
  logprob: number;
  tokens: number;
  /** The same answer after a neutral prompt. */
  neutral_logprob: number | null;
}

/** What one forward of one item said. */
export interface Observation {
  item: string;
  trait: string;
  readout: Readout;
  template: Template | null;
  layout: Layout | null;
  options: OptionScore[];
  /** Letters: probability of the four labels together. */
  option_mass: number | null;
  p_high: number;
  d: number;
  refused: boolean;
  win: boolean | null;
  p_high_gain: number | null;
  d_gain: number | null;
  paraphrased: boolean;
}

/** A trait's score, 0 to 100, with its 95% interval over items. */
export interface Score {
  trait: string;
  readout: Readout;
  items: number;
  /** Items asked but not in the figures, because the run was stopped before they were complete. */
  left_out: number;
  answers: number;
  score: number;
  low: number;
  high: number;
  expected: number;
  expected_low: number;
  expected_high: number;
  d: number;
  d_low: number;
  d_high: number;
  expected_gain: number | null;
  d_gain: number | null;
  refusals: number;
  option_mass: number | null;
}

export interface LetterReport {
  /** How often A, B, C and D were the most probable. */
  histogram: [number, number, number, number];
  mean_probability: [number, number, number, number];
  /** One letter takes more than 95% of the answers. */
  locked: boolean;
  option_mass: number;
  refusals: number;
}

/** How many factual questions a read-out got right. */
export interface GateResult {
  readout: Readout;
  /** Answers judged: four a question for letters, one for continuation. */
  items: number;
  questions: number;
  right: number;
  rate: number;
  low: number;
  high: number;
  chance: number;
  /** Mean probability of the right option among the four. */
  p_right: number;
  passes: boolean;
}

/** One answer to a factual question. */
export interface GateAnswer {
  item: string;
  readout: Readout;
  rotation: number | null;
  chosen: number;
  right: boolean;
  p_right: number;
}

/** A trait that was asked and has no score. */
export interface Missing {
  trait: string;
  readout: Readout;
  items: number;
  reason: 'locked' | 'incomplete';
}

/** The letter figures of one trait under one template. */
export interface TemplateScore {
  trait: string;
  template: Template;
  items: number;
  score: number;
  expected: number;
  d: number;
}

/** How often a change of form changes the choice. */
export interface Sensitivity {
  readout: Readout;
  kind: 'template' | 'order' | 'paraphrase';
  compared: number;
  changed: number;
  share: number;
}

export interface Summary {
  scores: Score[];
  missing: Missing[];
  templates: TemplateScore[];
  letters: LetterReport | null;
  gate: GateResult[];
  /** The read-out whose scores may be shown. */
  offered: Readout | null;
  sensitivities: Sensitivity[];
  seed: number;
  resamples: number;
}

export interface ScoreRequest {
  items: ItemBank;
  readouts: Readout[];
  templates: Template[];
  layouts: Layout[];
  system: string | null;
  prompt_mode: PromptMode;
  /** Factual questions asked in each read-out before the items; 0 for none. */
  gate_questions: number;
  gain: boolean;
  paraphrases: boolean;
  seed: number;
}

export type ScoreEvent =
  | { type: 'plan'; questions: number; items: number }
  | { type: 'observation'; observation: Observation }
  | { type: 'gate'; result: GateResult }
  | { type: 'progress'; done: number; total: number; items_done: number; phase: 'gate' | 'items' };

export interface ScoreResult {
  observations: Observation[];
  gate_answers: GateAnswer[];
  summary: Summary;
  cancelled: boolean;
  program: string;
}

export interface Message {
  role: string;
  content: string;
}

export interface LogitsRequest {
  tokens?: number[];
  prompt?: string;
  messages?: Message[];
  top: number;
}

export interface LogitsResult {
  tokens: number[];
  top: { id: number; token: string; logit: number }[];
  logsumexp: number;
}

export interface GenerateRequest {
  messages: Message[];
  max_tokens: number;
  seed: number;
  temperature: number;
}

export interface GenerateResult {
  text: string;
  tokens: number[];
  stop: 'end' | 'length' | 'cancelled';
  milliseconds: number;
}

/** How far a long task is; `total` is 0 while it is not known. Units are bytes except where the core says otherwise. */
export interface Progress {
  phase: string;
  done: number;
  total: number;
}
