import type { GateResult, Readout, ScoreRequest } from '../types';
import { type Row, rowKey, unitKey, unitsOf, withUnits } from './units';

/** Rows in the order they came, a later one in the place of an earlier one of the same key. */
export function merge<T extends Row>(earlier: T[], later: T[]): T[] {
  const all = new Map<string, T>();
  for (const row of [...earlier, ...later]) all.set(rowKey(row), row);
  return [...all.values()];
}

/** Rows in the order of the request's items; those of an item stay in the order they came. */
export function inOrder(request: ScoreRequest, rows: Row[]): Row[] {
  const places = new Map(unitsOf(request).map(({ key }, i) => [key, i]));
  const place = (row: Row) => places.get(unitKey(row)) ?? places.size;
  return rows.toSorted((a, b) => place(a) - place(b));
}

/** What is left of a request after some of it was done: the items that are not complete, and the gate if it is not. */
export function remaining(request: ScoreRequest, done: Row[], gate: GateResult[]): ScoreRequest {
  const counts = new Map<string, number>();
  for (const row of merge([], done)) counts.set(unitKey(row), (counts.get(unitKey(row)) ?? 0) + 1);
  const units = unitsOf(request);
  const open = units.map(({ key, rows }) => (counts.get(key) ?? 0) < rows);
  const asked = (readout: Readout) =>
    gate.some(result => result.readout === readout && result.questions === result.asked);
  const gated = request.readouts.every(asked);
  return {
    ...withUnits(request, place => open[place] === true),
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
