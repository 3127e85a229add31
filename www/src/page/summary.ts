import { summarise, summariseRatings } from '../lib/traitscope';
import type {
  GateResult,
  LikertInventory,
  Observation,
  Rating,
  Readout,
  ScoreRequest,
  Summary,
} from '../types';

/** The answers of a test. */
export interface Answers {
  observations: Observation[];
  ratings: Rating[];
  /** Statements of fact. */
  facts: Rating[];
}

/** The figures of answers; the gate of statements is that of `facts`, or as it is known already. */
export async function summaryOf(
  { observations, ratings, facts }: Answers,
  gate: GateResult[],
  inventory: Pick<LikertInventory, 'norms'> | null,
  { gate_questions, seed }: Pick<ScoreRequest, 'gate_questions' | 'seed'>,
): Promise<Summary> {
  if (!inventory) return summarise(observations, gate, seed);
  const [summary, likert] = await Promise.all([
    summarise(observations, [], seed),
    summariseRatings(ratings, facts, gate_questions, inventory.norms, seed),
  ]);
  if (!likert || facts.length > 0) return { ...summary, likert };
  const passes = (readout: Readout) =>
    gate.some(result => result.readout === readout && result.passes) &&
    likert.scores.some(score => score.readout === readout);
  const offered = (['letters', 'continuation'] as const).find(passes) ?? null;
  return { ...summary, likert: { ...likert, gate, offered } };
}
