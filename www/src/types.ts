/**
 * The structures that cross between the page and the measuring core, named as in their JSON. Those under
 * `generated/` are written by the Rust side; the few here are of the boundary itself.
 */

import type { GenerateRequest } from './generated/GenerateRequest';
import type { Message } from './generated/Message';
import type { Stop } from './generated/Stop';

export type { DeviceChoice } from './generated/DeviceChoice';
export type { DeviceInfo } from './generated/DeviceInfo';
export type { GateAnswer } from './generated/GateAnswer';
export type { GateResult } from './generated/GateResult';
export type { Item } from './generated/Item';
export type { ItemBank } from './generated/ItemBank';
export type { Layout } from './generated/Layout';
export type { LetterReport } from './generated/LetterReport';
export type { LetterTemplate as Template } from './generated/LetterTemplate';
export type { Message } from './generated/Message';
export type { Missing } from './generated/Missing';
export type { ModelInfo } from './generated/ModelInfo';
export type { Notice } from './generated/Notice';
export type { Observation } from './generated/Observation';
export type { OptionScore } from './generated/OptionScore';
export type { PromptMode } from './generated/PromptMode';
export type { Readout } from './generated/Readout';
export type { Score } from './generated/Score';
export type { ScoreEvent } from './generated/ScoreEvent';
export type { ScoreRequest } from './generated/ScoreRequest';
export type { ScoreResult } from './generated/ScoreResult';
export type { SelfTest } from './generated/SelfTest';
export type { Sensitivity } from './generated/Sensitivity';
export type { Summary } from './generated/Summary';
export type { TemplateScore } from './generated/TemplateScore';

/** One of three ways to give a prompt. */
export interface LogitsRequest {
  tokens?: number[];
  prompt?: string;
  messages?: Message[];
  /** How many of the largest logits. */
  top: number;
}

export interface LogitsResult {
  /** The prompt's tokens. */
  tokens: number[];
  top: { id: number; token: string; logit: number }[];
  /** Of all logits: `logit - logsumexp` is the natural logarithm of the probability. */
  logsumexp: number;
}

export interface TextRequest extends GenerateRequest {
  messages: Message[];
}

export interface TextResult {
  text: string;
  tokens: number[];
  stop: Stop;
  milliseconds: number;
}

/** How far a long task is; `total` is 0 while it is not known. Bytes while a model is fetched, checked and read. */
export interface Progress {
  phase: string;
  done: number;
  total: number;
}
