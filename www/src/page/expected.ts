import { rowsOfUnit, unitsOf } from '../lib/units';
import type { ModelInfo, Readout, ScoreRequest } from '../types';

/** What decides how many questions a test has. */
type Asked = Pick<
  ScoreRequest,
  'items' | 'inventory' | 'readouts' | 'templates' | 'layouts' | 'paraphrases' | 'gate_questions'
>;

/**
 * Questions that a test puts to the model at most: of a read-out that fails the factual questions the items may be left out. A question of
 * the letter read-out is one forward; of the other, one that holds all the answers.
 */
export function questions(asked: Asked): number {
  const request = asked as ScoreRequest;
  const items = unitsOf(request).reduce((sum, { rows }) => sum + rows, 0);
  const each = (readout: Readout) => {
    // Pairs of statements in both orders, under one template; questions in four orders.
    if (asked.inventory) return 2 * rowsOfUnit({ ...request, readouts: [readout], templates: ['T1'] });
    return readout === 'letters' ? 4 : 1;
  };
  const gate = asked.readouts.reduce((sum, readout) => sum + each(readout), 0) * asked.gate_questions;
  return items + gate;
}

const keyOf = ({ sha256, name, device }: ModelInfo) => `traitscope-pace ${sha256 ?? name} ${device.kind}`;

/** Notes how long a question took with a model on a device, in seconds, so that the next test can say how long it will take. */
export function notePace(model: ModelInfo, seconds: number): void {
  if (!(seconds > 0 && Number.isFinite(seconds))) return;
  try {
    localStorage.setItem(keyOf(model), seconds.toPrecision(3));
  } catch {
    // Without storage the next test begins without an estimate.
  }
}

/** How long a question took with this model on this device, in seconds; null where that is not known. */
export function pace(model: ModelInfo): number | null {
  try {
    const seconds = Number(localStorage.getItem(keyOf(model)) ?? Number.NaN);
    return seconds > 0 && Number.isFinite(seconds) ? seconds : null;
  } catch {
    return null;
  }
}
