import { rowsOfUnit, unitsOf } from '../lib/units';
import type { ModelInfo, Readout, ScoreRequest, SelfTest } from '../types';

/** What decides how many questions a test has. */
type Asked = Pick<
  ScoreRequest,
  'items' | 'inventory' | 'readouts' | 'templates' | 'layouts' | 'paraphrases' | 'gate_questions'
>;

/** Questions of each kind. */
export type Questions = Record<'facts' | Readout, number>;

/**
 * Questions that a test puts to the model at most: of a read-out that fails the factual questions the items may be left out. A question of
 * the letter read-out is one forward; of the other, one that holds all the answers.
 */
export function questions(asked: Asked): Questions {
  const request = asked as ScoreRequest;
  const items = (readout: Readout) =>
    asked.readouts.includes(readout)
      ? unitsOf({ ...request, readouts: [readout] }).reduce((sum, { rows }) => sum + rows, 0)
      : 0;
  const each = (readout: Readout) => {
    // Pairs of statements in both orders, under one template; questions in four orders.
    if (asked.inventory) return 2 * rowsOfUnit({ ...request, readouts: [readout], templates: ['T1'] });
    return readout === 'letters' ? 4 : 1;
  };
  return {
    facts: asked.readouts.reduce((sum, readout) => sum + each(readout), 0) * asked.gate_questions,
    letters: items('letters'),
    continuation: items('continuation'),
  };
}

/** All of them. */
export function total({ facts, letters, continuation }: Questions): number {
  return facts + letters + continuation;
}

/**
 * How many self-tests a question of each kind takes as long as: measured with SmolLM2-135M-Instruct on two cores, in the quick test and in
 * the one of all items. Other models and devices are within a factor of two or three of it.
 */
const SELF_TESTS: Questions = { facts: 0.35, letters: 2.1, continuation: 0.9 };

/** Seconds that questions take at a first guess, before the first test with a model; null without a self-test to judge by. */
export function firstGuess(asked: Questions, selfTest: SelfTest | null): number | null {
  if (!selfTest?.passed || selfTest.fell_back) return null;
  const kinds = Object.keys(SELF_TESTS) as (keyof Questions)[];
  const selfTests = kinds.reduce((sum, kind) => sum + asked[kind] * SELF_TESTS[kind], 0);
  return (selfTests * selfTest.milliseconds) / 1000;
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
