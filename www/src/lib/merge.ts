import type { GateResult, Item, Observation, Readout, ScoreRequest } from '../types';

/** What tells one observation from another. */
export function observationKey(observation: Observation): string {
  const { trait, item, readout, template, layout, paraphrased } = observation;
  return JSON.stringify([trait, item, readout, template, layout, paraphrased]);
}

/** What tells one item from another: ids need only differ within a trait. */
export function itemKey(trait: string, id: string): string {
  return JSON.stringify([trait, id]);
}

/** Observations in the order they came, a later one in the place of an earlier one of the same key. */
export function merge(earlier: Observation[], later: Observation[]): Observation[] {
  const all = new Map<string, Observation>();
  for (const observation of [...earlier, ...later]) all.set(observationKey(observation), observation);
  return [...all.values()];
}

/** Observations in the order of the request's items; those of an item stay in the order they came. */
export function inOrder(request: ScoreRequest, observations: Observation[]): Observation[] {
  const places = new Map(request.items.items.map(({ personality, id }, i) => [itemKey(personality, id), i]));
  const place = ({ trait, item }: Observation) => places.get(itemKey(trait, item)) ?? places.size;
  return observations.toSorted((a, b) => place(a) - place(b));
}

/** How many observations a finished item has. */
export function observationsPerItem(request: ScoreRequest, item: Item): number {
  const letters = request.readouts.includes('letters')
    ? request.templates.length * request.layouts.length
    : 0;
  const continuation = request.readouts.includes('continuation') ? 1 : 0;
  // As in the core, a paraphrase is both texts, and a list of items from elsewhere may leave the fields out.
  const whole = typeof item.paraphrased_situation === 'string' && typeof item.paraphrased_query === 'string';
  const paraphrased = request.paraphrases && whole;
  return (letters + continuation) * (paraphrased ? 2 : 1);
}

/** What is left of a request after some of it was done: the items that are not complete, and the gate if it is not. */
export function remaining(request: ScoreRequest, done: Observation[], gate: GateResult[]): ScoreRequest {
  const counts = new Map<string, number>();
  for (const { trait, item } of merge([], done)) {
    const key = itemKey(trait, item);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const items = request.items.items.filter(
    item => (counts.get(itemKey(item.personality, item.id)) ?? 0) < observationsPerItem(request, item),
  );
  const asked = (readout: Readout) =>
    gate.some(result => result.readout === readout && result.questions === result.asked);
  const gated = request.readouts.every(asked);
  return {
    ...request,
    items: { ...request.items, items },
    gate_questions: gated ? 0 : request.gate_questions,
  };
}

/** As the core's: fewer factual questions decide nothing. */
const GATE_LEAST = 8;

/** Whether a result tells if its read-out works: a gate that was stopped, or has few questions, does not. */
export function decides({ questions, asked }: GateResult): boolean {
  return questions === asked && questions >= GATE_LEAST;
}

/** Whether it is known if a read-out works. */
export function isJudged(readout: Readout, gate: GateResult[]): boolean {
  return gate.some(result => result.readout === readout && decides(result));
}

/** One result a read-out, a later one in the place of an earlier one. */
export function mergeGate(results: GateResult[]): GateResult[] {
  return [...new Map(results.map(result => [result.readout, result])).values()];
}
