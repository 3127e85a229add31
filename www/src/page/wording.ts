import { decides } from '../lib/merge';
import type {
  Agreement,
  CoherenceResult,
  Correlation,
  DeviceInfo,
  DifferenceResult,
  DirectionEffects,
  Estimate,
  GateResult,
  ModelInfo,
  MonitoringSummary,
  PlacedEffect,
  Readout,
  ReadoutAgreement,
  RoundingLoss,
  Score,
  SelfTest,
} from '../types';
import { dose, listed, percent, plural, signed, small } from './format';
import { lean } from './intervals';
import type { KnownEffect } from './known';
import { ownEffect } from './study-items';

/** What the page says, in one place: a model "answers like", it never "is". */

export const READOUT_NAMES: Record<Readout, string> = { letters: 'Letters', continuation: 'Continuation' };

export const READOUT_MEANINGS: Record<Readout, string> = {
  letters: 'The model sees four answers marked A to D (or 1 to 4); we read which mark it favours.',
  continuation: 'Each answer is tried as the model’s own reply; we read how probable its words are.',
};

export const RATING_MEANINGS: Record<Readout, string> = {
  letters:
    'The model sees the answers of the scale marked A, B and so on (or 1, 2); we read which mark it favours.',
  continuation:
    'Each answer of the scale is tried as the model’s own reply; we read how much the statement changes the probability of its words.',
};

/** What people at the two ends of a trait tend to be like. */
const POLES: Record<string, [low: string, high: string]> = {
  openness: ['practical, conventional', 'curious, imaginative'],
  conscientiousness: ['easy-going, careless', 'organised, dependable'],
  extraversion: ['reserved, quiet', 'outgoing, lively'],
  agreeableness: ['critical, competitive', 'kind, cooperative'],
  neuroticism: ['calm, steady', 'anxious, easily upset'],
  machiavellianism: ['straightforward', 'scheming, manipulative'],
  narcissism: ['modest', 'self-important'],
  psychopathy: ['caring, considerate', 'callous, impulsive'],
};

/** The ends of a trait in words, where it is one of the known eight. */
export function poles(trait: string): { low: string; high: string } | null {
  const found = POLES[trait.trim().toLowerCase()];
  return found ? { low: found[0], high: found[1] } : null;
}

/** The ends of a direction's trait in words. */
export function traitPoles(trait: string): { low: string; high: string } {
  const found = DIRECTION_POLES[trait];
  return poles(trait) ?? (found ? { low: found[0], high: found[1] } : { low: 'less', high: 'more' });
}

const DIRECTION_POLES: Record<string, [low: string, high: string]> = {
  sycophancy: ['frank', 'flattering'],
  hallucination: ['says what it does not know', 'makes things up'],
  humour: ['earnest', 'joking'],
  impoliteness: ['courteous', 'rude'],
  apathy: ['caring about things', 'indifferent'],
  optimism: ['expects the worst', 'hopeful'],
  malice: ['wishing well', 'spiteful'],
};

/** A direction's trait as a heading. */
export function traitName(trait: string): string {
  return trait.charAt(0).toUpperCase() + trait.slice(1);
}

/** Where the model runs. */
export function deviceLine(device: DeviceInfo): string {
  const kind = device.kind === 'gpu' ? 'this computer’s GPU' : 'this computer’s CPU';
  // The CPU has no name of its own here.
  const detail = [device.adapter, device.backend].filter(text => text !== '' && text !== 'CPU').join(', ');
  return detail ? `${kind} (${detail})` : kind;
}

const AGAINST: Record<SelfTest['method'], string> = {
  golden: 'the known answers for this model',
  'cpu-twin': 'the CPU’s results on the same text',
  repeat: 'a second way of computing the same text',
};

/** What the self-test found. */
export function selfTestLine(test: SelfTest): string {
  const against = AGAINST[test.method];
  const device = test.device === 'gpu' ? 'GPU' : 'CPU';
  if (test.fell_back) {
    return 'The GPU gave wrong numbers, so the model now runs on the CPU. Results come from the CPU only.';
  }
  if (!test.passed) {
    return `Failed: the ${device}’s numbers differ from ${against} by ${small(test.max_error)} (allowed: ${small(test.tolerance)}). ${test.message}`;
  }
  return `Passed: the ${device}’s numbers agree with ${against} to within ${small(test.max_error)} (allowed: ${small(test.tolerance)}).`;
}

/** What an inventory's statements of both kinds say together. */
export function agreementLine({ plus, minus, bias, domains, consistent }: Agreement, points: number): string {
  const means = `Statements that speak for their domain get ${plus.value.toFixed(2)} of ${points} points, those that speak against it ${minus.value.toFixed(2)}`;
  if (bias === null) return `${means}.`;
  const likes =
    Math.abs(bias) < 0.25
      ? 'no liking for agreeing or disagreeing as such'
      : bias > 0
        ? 'a liking for agreeing, whatever is said: scores of domains with more statements of the first kind are too high'
        : 'a liking for disagreeing, whatever is said: scores of domains with more statements of the first kind are too low';
  const reversed = `In ${consistent} of ${plural(domains, 'domain')} both kinds say the same once those against it are turned round.`;
  return `${means}. Together they lie ${signed(bias)} from the middle of the scale: ${likes}. ${reversed}`;
}

/** What pairs of a true and a false statement say about a read-out. */
export function statementGateLine(result: GateResult): string {
  const name = READOUT_NAMES[result.readout].toLowerCase();
  const right = `The ${name} read-out rated the true statement above the false one in ${result.right} of ${result.items} pairs`;
  return `${right}${gateVerdict(result)}`;
}

/** What the factual questions say about a read-out. */
export function gateLine(result: GateResult): string {
  const name = READOUT_NAMES[result.readout].toLowerCase();
  const right =
    result.items === result.questions
      ? `The ${name} read-out got ${result.right} of ${result.items} factual questions right`
      : `The ${name} read-out got ${result.right} of ${result.items} answers to ${result.questions} factual questions right (each question asked in ${result.items / result.questions} orders)`;
  return `${right}${gateVerdict(result)}`;
}

function gateVerdict(result: GateResult): string {
  if (result.questions < result.asked)
    return ` before the test was stopped; only all ${result.asked} can show whether it works.`;
  if (!decides(result)) return ': too few questions to tell whether it works.';
  if (result.passes) return ` (guessing gives ${percent(result.chance)}), so its scores can be shown.`;
  const verdict =
    result.low <= result.chance ? 'no better than guessing' : 'better than guessing, but not clearly enough';
  return `: ${verdict}, so no trait score is offered from it.`;
}

function names(scores: Score[]): string {
  return listed(scores.map(score => score.trait.toLowerCase()));
}

/** What the scores say, and how little the unclear ones do. */
export function leanings(scores: Score[]): string {
  const high = scores.filter(score => lean(score) === 'high');
  const low = scores.filter(score => lean(score) === 'low');
  const clear = [
    ...(high.length > 0 ? [`high in ${names(high)}`] : []),
    ...(low.length > 0 ? [`low in ${names(low)}`] : []),
  ];
  const unclear = scores.length - high.length - low.length;
  if (clear.length === 0) {
    return 'No clear lean: no trait is surely on one side of 50, the point where low and high answers balance.';
  }
  const first = `On these items the model answers like someone ${clear.join(', and ')}.`;
  if (unclear === 0) return first;
  return `${first} ${unclear === 1 ? 'The other trait shows' : `The other ${unclear} traits show`} no clear lean.`;
}

/** Where score and weight point to opposite sides, which no reader should have to find out; null for nowhere. */
export function splits(scores: Score[]): string | null {
  const split = scores.filter(score => lean(score) === 'split');
  const told = (['high', 'low'] as const).flatMap(won => {
    const those = split.filter(({ score }) => (won === 'high' ? score > 50 : score < 50));
    if (those.length === 0) return [];
    const other = won === 'high' ? 'low' : 'high';
    return `In ${names(those)} score and weight disagree: a ${won} answer wins most items, yet on average the ${other} answers are the more probable ones. That is no clear lean.`;
  });
  return told.length > 0 ? told.join(' ') : null;
}

/** What rounded arithmetic did to the factual questions that were answered both ways. */
export function roundingLine({ answers, changed, mean, largest }: RoundingLoss): string {
  const points = (share: number) => (100 * share).toFixed(1);
  return (
    `Quicker arithmetic was used. On ${answers} factual answers computed both ways, rounding moved the probability of ` +
    `the right option by ${points(mean)} points of 100 on average, by ${points(largest)} at most, and changed the choice ` +
    `in ${changed}.`
  );
}

/** A warning where there are few items, null where there are enough. */
export function fewItems(scores: Score[]): string | null {
  const least = Math.min(...scores.map(score => score.items));
  if (!Number.isFinite(least) || least >= 10) return null;
  return `Only ${plural(least, 'item')} a trait: a first look, not a measurement. Run the standard test for narrower intervals.`;
}

/** SPDX identifiers of what models are given away under, in the case in which SPDX writes them. */
const LICENCES = [
  'Apache-2.0',
  'MIT',
  'BSD-3-Clause',
  'CC0-1.0',
  'CC-BY-4.0',
  'CC-BY-SA-4.0',
  'CC-BY-NC-4.0',
  'CC-BY-NC-SA-4.0',
  'GPL-3.0',
  'AGPL-3.0',
];

/** A licence as it is usually written; model files have it in any case. */
export function licenceName(licence: string | null): string {
  if (licence === null) return 'licence not stated';
  return LICENCES.find(known => known.toLowerCase() === licence.toLowerCase()) ?? licence;
}

/**
 * A message as a sentence: the core writes fragments, which begin in lower case. What begins with a name from a file
 * or a program, such as `token_embd.weight`, stays as it is.
 */
export function sentence(message: string): string {
  return message.replace(
    /^\p{Ll}[\p{Ll}’'-]*(?=[\s,;:]|$)/u,
    word => word.charAt(0).toUpperCase() + word.slice(1),
  );
}

/** A model in one line. */
export function modelLine(info: ModelInfo): string {
  const parameters =
    info.parameters >= 1e9
      ? `${(info.parameters / 1e9).toFixed(1)} billion parameters`
      : `${Math.round(info.parameters / 1e6)} million parameters`;
  return [parameters, info.quantisation, plural(info.layers, 'layer'), licenceName(info.licence)].join(' · ');
}

const PHASES: Record<string, string> = {
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
};

/** What is going on while a model loads. */
export function phaseName(phase: string): string {
  return PHASES[phase] ?? 'Preparing the model';
}

/**
 * What a study found, in a sentence. Only what all directions of chance do less of is called an effect of the direction:
 * of twenty, that is a chance of one in twenty-one.
 */
export function effectLine(
  trait: string,
  direction: DirectionEffects,
  { change, shuffled, gaussian }: PlacedEffect,
): string {
  const name = traitName(trait).toLowerCase();
  const { value, low, high } = change.d;
  const towards = value > 0 ? 'towards' : 'away from';
  const sure = low !== null && high !== null ? ` (95% interval ${signed(low)} to ${signed(high)})` : '';
  const widest = dose(direction.widest ?? 0);
  const moved = `From −${widest} to +${widest} along ${name}, the answers moved ${towards} ${name} by ${Math.abs(value).toFixed(2)} nats a token${sure}`;
  const chance = shuffled ?? gaussian;
  if (!chance) return `${moved}. It was not held against chance.`;
  const kind = shuffled ? 'made of the same texts with their sides mixed' : 'drawn at random';
  const larger = Math.round((chance.percentile / 100) * chance.directions);
  const all = larger === chance.directions;
  const certain = low !== null && high !== null && low * high > 0;
  if (all && certain && value > 0)
    return `${moved}: more than any of ${chance.directions} directions ${kind}.`;
  const why = all
    ? ''
    : `, and ${chance.directions - larger} of ${chance.directions} directions ${kind} did as much`;
  return `${moved}${why}. ${value > 0 ? 'Nothing that chance would not do was found.' : 'The push did not do what its name says.'}`;
}

/** A warning before texts under a push that is known to bring out threats; `along` names what was pushed along. */
export function riskLine(along: string[] = []): string {
  const where = along.length > 0 ? ` along ${listed(along)}` : '';
  return `Pushed this far${where}, the model may write insults or threats. They are nobody’s opinion: they show what text of that kind looks like to the model.`;
}

/** What is known of a direction that comes with the model, in a sentence: an effect is what no direction of chance does. */
export function knownLine(trait: string, effect: KnownEffect | null): string {
  const name = traitName(trait).toLowerCase();
  if (!effect) return `No items ask about ${name}: whether its push moves answers is not known.`;
  const { items, change, chance, above } = effect;
  const [value, low, high] = change;
  const measured = `(from −0.4 to +0.4 by ${signed(value)} nats a token, 95% interval ${signed(low)} to ${signed(high)}, ${plural(items, 'item')})`;
  if (low > 0 && above === chance) {
    return `Known of ${name}: its push moves the answers its way, by more than any of ${chance} directions of chance ${measured}.`;
  }
  return `Known of ${name}: nothing was found that chance would not do. Its push moved the answers more than ${above} of ${chance} directions of chance ${measured}.`;
}

/** Up to which push texts hold together, in a sentence. */
export function coherenceLine(trait: string, { doses, usable, cancelled }: CoherenceResult): string {
  const name = traitName(trait).toLowerCase();
  const [low, high] = usable;
  const tried = doses.map(({ dose }) => dose);
  const held = tried.length > 1 && low <= Math.min(...tried) && high >= Math.max(...tried);
  const among = cancelled ? ', as far as was tried' : '';
  if (tried.length < 2) return 'Only the texts without a push were written.';
  if (held)
    return `Along ${name}, texts hold together under every dose that was tried, from ${signed(low)} to ${signed(high)}.`;
  if (low === 0 && high === 0)
    return `Along ${name}, texts fall apart under the smallest push that was tried${among}.`;
  return `Along ${name}, texts hold together from ${signed(low)} to ${signed(high)}${among}: what a stronger push shows is damage rather than a trait.`;
}

/** How far directions move what they are named after, and nothing else, in a sentence. */
export function specificityLine(directions: DirectionEffects[]): string {
  const withItems = directions.flatMap(direction => {
    const own = ownEffect(direction);
    return own ? [{ own, effects: direction.effects }] : [];
  });
  if (withItems.length === 0) return 'No items ask about the traits of these directions themselves.';
  const moved = withItems.filter(({ own: { change } }) => change.d.low !== null && change.d.low > 0);
  const size = (effect: PlacedEffect) => Math.abs(effect.change.d.value);
  const first = moved.filter(({ own, effects }) => effects.every(other => size(other) <= size(own)));
  const asked = `Of ${plural(withItems.length, 'direction')} whose own trait the items ask about, ${moved.length} moved the answers that way (95% interval above 0)`;
  if (moved.length === 0) return `${asked}.`;
  if (moved.length === 1) return `${asked}: ${first.length === 1 ? 'its own most' : 'another trait more'}.`;
  const share = first.length === moved.length ? 'all' : `${first.length}`;
  return `${asked}; ${share} of these moved their own trait most.`;
}

/** A correlation that is worth a word, where it has no interval. */
const WORTH = 0.3;

/**
 * What a meter tells of answers, in a sentence. Under one instruction only the items differ: that it tells their answers is said
 * only where the interval of the test as it is lies above 0.
 */
export function monitorLine(trait: string, { pooled, within }: MonitoringSummary): string {
  const name = traitName(trait).toLowerCase();
  const [plain, ...instructed] = within;
  const alone = (found: Correlation) => {
    const { low, high } = found.r;
    const sure = low !== null && high !== null ? `, 95% interval ${signed(low)} to ${signed(high)}` : '';
    return `r = ${signed(found.r.value)}${sure}, ${plural(found.pairs, 'answer')}`;
  };
  if (!plain) return `There are too few answers to say whether the meter of ${name} tells them.`;
  const tells = plain.r.low !== null && plain.r.low > 0;
  const told = tells
    ? 'it tells which items are answered more that way'
    : plain.r.high !== null && plain.r.high < 0
      ? 'it points the wrong way'
      : 'it does not tell which items are answered more that way';
  const first = `Before an answer, with no instruction, the meter of ${name} and the answer go together with ${alone(plain)}: ${told}.`;
  if (instructed.length === 0 || !pooled) return first;
  const follows = pooled.r.value >= WORTH;
  const together = `Over all instructions together r = ${signed(pooled.r.value)}`;
  if (follows && !tells) return `${first} ${together}: it follows the instruction, not the item.`;
  if (follows) return `${first} ${together}.`;
  return `${first} ${together}: it does not tell what the instruction makes of the answers either.`;
}

/** How well a direction tells apart texts that it was not made of. */
export function separationLine(trait: string, separation: number): string {
  return `The direction of ${traitName(trait).toLowerCase()} tells ${Math.round(100 * separation)} of 100 pairs of texts apart that it was not made of (guessing: 50).`;
}

/** What a data set would teach, in a sentence. */
export function dataLine(trait: string, { difference, z, rows }: DifferenceResult): string {
  const name = traitName(trait).toLowerCase();
  const interval = ({ low, high }: Estimate) =>
    low !== null && high !== null ? ` (95% interval ${signed(low)} to ${signed(high)})` : '';
  if (!difference) {
    if (!z) return 'No text was read.';
    return `Without questions there are no own answers to hold them against. Along ${name} the texts lie ${signed(z.value)} standard deviations from neutral text${interval(z)}.`;
  }
  const answers = rows.filter(row => row.difference !== null).length;
  const { value, low, high } = difference;
  const clear = low !== null && high !== null && low * high > 0;
  const lies = `The answers lie ${Math.abs(value).toFixed(2)} standard deviations ${value < 0 ? 'below' : 'above'} the model’s own along ${name}${interval(difference)}, over ${plural(answers, 'answer')}`;
  if (!clear) return `${lies}: no clear difference.`;
  return `${lies}: they would pull a model that learns of them ${value > 0 ? 'towards' : 'away from'} ${name}, if they move it at all.`;
}

/** How far the two ways of reading say the same, over all items; null where they have none in common. */
export function readoutAgreementLine(
  agreement: ReadoutAgreement[],
  unit: 'item' | 'statement' = 'item',
): string | null {
  const all = agreement.find(({ trait }) => trait === null);
  if (!all) return null;
  const { items, same, correlation } = all;
  const r = correlation?.r;
  const interval =
    r && r.low !== null && r.high !== null ? ` (95% interval ${signed(r.low)} to ${signed(r.high)})` : '';
  const together = r ? `, and how strongly goes together with r = ${signed(r.value)}${interval}` : '';
  return `Of ${plural(items, unit)}, ${Math.round(same * items)} fall on the same side in both ways of reading (${percent(same)})${together}.`;
}
