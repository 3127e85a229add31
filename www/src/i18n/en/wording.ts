import { plural } from '../../page/format';

/** The two ways of reading: their names, their names within a sentence, what they do with items and with statements. */
const readouts = {
  names: { letters: 'Letters', continuation: 'Continuation' },
  within: { letters: 'letters', continuation: 'continuation' },
  meanings: {
    letters: 'The model sees four answers marked A to D (or 1 to 4); we read which mark it favours.',
    continuation: 'Each answer is tried as the model’s own reply; we read how probable its words are.',
  },
  ratings: {
    letters:
      'The model sees the answers of the scale marked A, B and so on (or 1, 2); we read which mark it favours.',
    continuation:
      'Each answer of the scale is tried as the model’s own reply; we read how much the statement changes the probability of its words.',
  },
};

/** The model, its file and the device. */
const model = {
  gpu: 'this computer’s GPU',
  cpu: 'this computer’s CPU',
  device: (kind: string, detail: string) => `${kind} (${detail})`,
  against: {
    golden: 'the known answers for this model',
    'cpu-twin': 'the CPU’s results on the same text',
    repeat: 'a second way of computing the same text',
  },
  fellBack:
    'The GPU failed this test, so the model now runs on the CPU, which passed it. Results come from the CPU only.',
  failed: (device: string, against: string, error: string, allowed: string, message: string) =>
    `Failed: the ${device}’s numbers differ from ${against} by ${error} (allowed: ${allowed}). ${message}`,
  passed: (device: string, against: string, error: string, allowed: string) =>
    `Passed: the ${device}’s numbers agree with ${against} to within ${error} (allowed: ${allowed}).`,
  noLicence: 'licence not stated',
  billions: (count: string) => `${count} billion parameters`,
  millions: (count: string) => `${count} million parameters`,
  layers: (count: number) => plural(count, 'layer'),
  phases: {
    download: 'Downloading the model',
    elsewhere: 'Another tab is downloading this model; waiting for it',
    verify: 'Checking the file',
    read: 'Reading the model',
    weights: 'Reading the model',
    tensors: 'Reading the model',
    header: 'Reading the model’s header',
    tokenizer: 'Preparing the vocabulary',
    upload: 'Moving the model to the device',
    compile: 'Preparing the device',
  },
  otherPhase: 'Preparing the model',
};

/** What factual questions and pairs of statements say about a read-out; `right` is the first part of each sentence. */
const gate = {
  statements: (readout: string, right: number, items: number) =>
    `The ${readout} read-out rated the true statement above the false one in ${right} of ${items} pairs`,
  questions: (readout: string, right: number, items: number) =>
    `The ${readout} read-out got ${right} of ${items} factual questions right`,
  inOrders: (readout: string, right: number, items: number, questions: number, orders: number) =>
    `The ${readout} read-out got ${right} of ${items} answers to ${questions} factual questions right (each question asked in ${orders} orders)`,
  stopped: (right: string, asked: number) =>
    `${right} before the test was stopped; only all ${asked} can show whether it works.`,
  tooFew: (right: string) => `${right}: too few questions to tell whether it works.`,
  passes: (right: string, chance: string) =>
    `${right} (guessing gives ${chance}), so its scores can be shown.`,
  guesses: (right: string) => `${right}: no better than guessing, so no trait score is offered from it.`,
  unclear: (right: string) =>
    `${right}: better than guessing, but not clearly enough, so no trait score is offered from it.`,
};

/** What scores say in sentences. */
const scores = {
  high: (traits: string) => `high in ${traits}`,
  low: (traits: string) => `low in ${traits}`,
  noLean:
    'No clear lean: no trait is surely on one side of 50, the point where low and high answers balance.',
  leans: (like: string[]) => `On these items the model answers like someone ${like.join(', and ')}.`,
  leansSome: (leans: string, others: number) =>
    `${leans} ${others === 1 ? 'The other trait shows' : `The other ${others} traits show`} no clear lean.`,
  splitHigh: (traits: string) =>
    `In ${traits} score and weight disagree: a high answer wins most items, yet on average the low answers are the more probable ones. That is no clear lean.`,
  splitLow: (traits: string) =>
    `In ${traits} score and weight disagree: a low answer wins most items, yet on average the high answers are the more probable ones. That is no clear lean.`,
  few: (items: number) =>
    `Only ${plural(items, 'item')} a trait: a first look, not a measurement. Run the standard test for narrower intervals.`,
  rounding: (answers: number, mean: string, largest: string, changed: number) =>
    `Quicker arithmetic was used. On ${answers} factual answers computed both ways, rounding moved the probability of the right option by ${mean} points of 100 on average, by ${largest} at most, and changed the choice in ${changed}.`,
  /** An inventory's statements of both kinds. */
  means: (plus: string, points: number, minus: string) =>
    `Statements that speak for their domain get ${plus} of ${points} points, those that speak against it ${minus}`,
  meansAlone: (means: string) => `${means}.`,
  likesNeither: (means: string, bias: string, consistent: number, domains: number) =>
    `${means}. Together they lie ${bias} from the middle of the scale: no liking for agreeing or disagreeing as such. ${reversed(consistent, domains)}`,
  likesAgreeing: (means: string, bias: string, consistent: number, domains: number) =>
    `${means}. Together they lie ${bias} from the middle of the scale: a liking for agreeing, whatever is said: scores of domains with more statements of the first kind are too high. ${reversed(consistent, domains)}`,
  likesDisagreeing: (means: string, bias: string, consistent: number, domains: number) =>
    `${means}. Together they lie ${bias} from the middle of the scale: a liking for disagreeing, whatever is said: scores of domains with more statements of the first kind are too low. ${reversed(consistent, domains)}`,
  /** How far both ways of reading say the same. */
  sameSide: {
    item: (all: number, same: number, share: string) =>
      `Of ${plural(all, 'item')}, ${same} fall on the same side in both ways of reading (${share})`,
    statement: (all: number, same: number, share: string) =>
      `Of ${plural(all, 'statement')}, ${same} fall on the same side in both ways of reading (${share})`,
  },
  sameAlone: (same: string) => `${same}.`,
  sameStrength: (same: string, r: string) => `${same}, and how strongly goes together with r = ${r}.`,
};

function reversed(consistent: number, domains: number): string {
  return `In ${consistent} of ${plural(domains, 'domain')} both kinds say the same once those against it are turned round.`;
}

export const wording = {
  readouts,
  model,
  gate,
  scores,
  ends: (low: string, high: string) => `${low} to ${high}`,
  /** Behind a value. */
  sure: (low: string, high: string) => ` (95% interval ${low} to ${high})`,
  tooFew: 'too few items',
};
