import { words } from '../i18n';
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
import { decimal, dose, listed, percent, signed, small } from './format';
import { lean } from './intervals';
import type { KnownEffect } from './known';
import { ownEffect } from './study-items';

/** What the page says in several places: a model "answers like", it never "is". */

/** Of each read-out what the catalogue of the language says. */
function ofReadouts(said: () => Record<Readout, string>): Readonly<Record<Readout, string>> {
  return {
    get letters() {
      return said().letters;
    },
    get continuation() {
      return said().continuation;
    },
  };
}

export const READOUT_NAMES = ofReadouts(() => words.wording.readouts.names);
/** The same within a sentence. */
export const READOUTS_WITHIN = ofReadouts(() => words.wording.readouts.within);
export const READOUT_MEANINGS = ofReadouts(() => words.wording.readouts.meanings);
export const RATING_MEANINGS = ofReadouts(() => words.wording.readouts.ratings);

/** What a part of a catalogue has under a name that comes from elsewhere. */
function entry<T>(part: Record<string, T>, name: string): T | null {
  return Object.hasOwn(part, name) ? (part[name] as T) : null;
}

/** A trait, domain or facet in the language of the page; one that the page does not know, as it is called where it is from. */
export function traitLabel(trait: string): string {
  const key = trait.trim().toLowerCase();
  const name = entry<string>(words.traits.names, key);
  return name === null || name.toLowerCase() === key ? trait : name;
}

/** The same within a sentence. */
export function traitWithin(trait: string): string {
  return words.traits.within(traitLabel(trait));
}

/** The ends of a trait in words, where it is one of the known eight. */
export function poles(trait: string): { low: string; high: string } | null {
  return entry(words.traits.ends, trait.trim().toLowerCase());
}

/** The ends of a direction's trait in words. */
export function traitPoles(trait: string): { low: string; high: string } {
  const { directionEnds, otherEnds } = words.traits;
  return poles(trait) ?? entry(directionEnds, trait) ?? otherEnds;
}

/** A direction's trait as a heading. */
export function traitName(trait: string): string {
  const name = traitLabel(trait);
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** Where the model runs. */
export function deviceLine(device: DeviceInfo): string {
  const { model } = words.wording;
  const kind = device.kind === 'gpu' ? model.gpu : model.cpu;
  // The CPU has no name of its own here.
  const detail = [device.adapter, device.backend].filter(text => text !== '' && text !== 'CPU').join(', ');
  return detail ? model.device(kind, detail) : kind;
}

/** What the self-test found. */
export function selfTestLine(test: SelfTest): string {
  const { model } = words.wording;
  const against = model.against[test.method];
  const device = test.device === 'gpu' ? 'GPU' : 'CPU';
  const [error, allowed] = [small(test.max_error), small(test.tolerance)];
  if (test.fell_back) return model.fellBack;
  if (!test.passed) return model.failed(device, against, error, allowed, test.message);
  return model.passed(device, against, error, allowed);
}

/** What an inventory's statements of both kinds say together. */
export function agreementLine({ plus, minus, bias, domains, consistent }: Agreement, points: number): string {
  const { scores } = words.wording;
  const means = scores.means(decimal(plus.value, 2), points, decimal(minus.value, 2));
  if (bias === null) return scores.meansAlone(means);
  const { likesNeither, likesAgreeing, likesDisagreeing } = scores;
  const line = Math.abs(bias) < 0.25 ? likesNeither : bias > 0 ? likesAgreeing : likesDisagreeing;
  return line(means, signed(bias), consistent, domains);
}

/** What pairs of a true and a false statement say about a read-out. */
export function statementGateLine(result: GateResult): string {
  const { right, items, readout } = result;
  return gateVerdict(result, words.wording.gate.statements(READOUTS_WITHIN[readout], right, items));
}

/** What the factual questions say about a read-out. */
export function gateLine(result: GateResult): string {
  const { right, items, questions, readout } = result;
  const { gate } = words.wording;
  const name = READOUTS_WITHIN[readout];
  return gateVerdict(
    result,
    items === questions
      ? gate.questions(name, right, items)
      : gate.inOrders(name, right, items, questions, items / questions),
  );
}

/** `right` is how many were right, in words. */
function gateVerdict(result: GateResult, right: string): string {
  const { gate } = words.wording;
  if (result.questions < result.asked) return gate.stopped(right, result.asked);
  if (!decides(result)) return gate.tooFew(right);
  if (result.passes) return gate.passes(right, percent(result.chance));
  return result.low <= result.chance ? gate.guesses(right) : gate.unclear(right);
}

function names(scores: Score[]): string {
  return listed(scores.map(({ trait }) => traitWithin(trait)));
}

/** What the scores say, and how little the unclear ones do. */
export function leanings(scores: Score[]): string {
  const said = words.wording.scores;
  const high = scores.filter(score => lean(score) === 'high');
  const low = scores.filter(score => lean(score) === 'low');
  const clear = [
    ...(high.length > 0 ? [said.high(names(high))] : []),
    ...(low.length > 0 ? [said.low(names(low))] : []),
  ];
  const unclear = scores.length - high.length - low.length;
  if (clear.length === 0) return said.noLean;
  const first = said.leans(clear);
  return unclear === 0 ? first : said.leansSome(first, unclear);
}

/** Where score and weight point to opposite sides, which no reader should have to find out; null for nowhere. */
export function splits(scores: Score[]): string | null {
  const split = scores.filter(score => lean(score) === 'split');
  const told = (['high', 'low'] as const).flatMap(won => {
    const those = split.filter(({ score }) => (won === 'high' ? score > 50 : score < 50));
    if (those.length === 0) return [];
    const { splitHigh, splitLow } = words.wording.scores;
    return won === 'high' ? splitHigh(names(those)) : splitLow(names(those));
  });
  return told.length > 0 ? told.join(' ') : null;
}

/** What rounded arithmetic did to the factual questions that were answered both ways. */
export function roundingLine({ answers, changed, mean, largest }: RoundingLoss): string {
  const points = (share: number) => decimal(100 * share, 1);
  return words.wording.scores.rounding(answers, points(mean), points(largest), changed);
}

/** A warning where there are few items, null where there are enough. */
export function fewItems(scores: Score[]): string | null {
  const least = Math.min(...scores.map(score => score.items));
  if (!Number.isFinite(least) || least >= 10) return null;
  return words.wording.scores.few(least);
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
  if (licence === null) return words.wording.model.noLicence;
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
  const { model } = words.wording;
  const parameters =
    info.parameters >= 1e9
      ? model.billions(decimal(info.parameters / 1e9, 1))
      : model.millions(decimal(info.parameters / 1e6, 0));
  return [parameters, info.quantisation, model.layers(info.layers), licenceName(info.licence)].join(' · ');
}

/** What is going on while a model loads. */
export function phaseName(phase: string): string {
  const { phases, otherPhase } = words.wording.model;
  return entry<string>(phases, phase) ?? otherPhase;
}

/** An interval in brackets behind its value; nothing where there is none. */
function sureOf(low: number | null, high: number | null): string {
  return low === null || high === null ? '' : words.wording.sure(signed(low), signed(high));
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
  const { findings } = words;
  const { value, low, high } = change.d;
  const widest = dose(direction.widest ?? 0);
  const moves = value > 0 ? findings.towards : findings.away;
  const moved = moves(traitWithin(trait), widest, decimal(Math.abs(value), 2), sureOf(low, high));
  const chance = shuffled ?? gaussian;
  if (!chance) return findings.noChance(moved);
  const directions = (shuffled ? findings.shuffled : findings.gaussian)(chance.directions);
  const larger = Math.round((chance.percentile / 100) * chance.directions);
  const all = larger === chance.directions;
  const certain = low !== null && high !== null && low * high > 0;
  if (all && certain && value > 0) return findings.moreThanChance(moved, directions);
  const held = all ? moved : findings.asMuch(moved, chance.directions - larger, directions);
  return value > 0 ? findings.nothing(held) : findings.wrongWay(held);
}

/** A warning before texts under a push that is known to bring out threats; `along` names what was pushed along. */
export function riskLine(along: string[] = []): string {
  const { risk, riskAlong } = words.findings;
  return along.length > 0 ? riskAlong(listed(along)) : risk;
}

/** What is known of a direction that comes with the model, in a sentence: an effect is what no direction of chance does. */
export function knownLine(trait: string, effect: KnownEffect | null): string {
  const { findings } = words;
  const name = traitWithin(trait);
  if (!effect) return findings.noItems(name);
  const { items, change, chance, above } = effect;
  const [value, low, high] = change;
  const measured = findings.measured(decimal(0.4, 1), signed(value), signed(low), signed(high), items);
  return low > 0 && above === chance
    ? findings.knownEffect(name, chance, measured)
    : findings.knownNothing(name, above, chance, measured);
}

/** Up to which push texts hold together, in a sentence. */
export function coherenceLine(trait: string, { doses, usable, cancelled }: CoherenceResult): string {
  const said = words.findings.coherence;
  const name = traitWithin(trait);
  const [low, high] = usable;
  const tried = doses.map(({ dose }) => dose);
  const held = tried.length > 1 && low <= Math.min(...tried) && high >= Math.max(...tried);
  if (tried.length < 2) return said.untried;
  if (held) return said.held(name, signed(low), signed(high));
  if (low === 0 && high === 0) return (cancelled ? said.apartSoFar : said.apart)(name);
  return (cancelled ? said.rangeSoFar : said.range)(name, signed(low), signed(high));
}

/** How far directions move what they are named after, and nothing else, in a sentence. */
export function specificityLine(directions: DirectionEffects[]): string {
  const said = words.findings.specificity;
  const withItems = directions.flatMap(direction => {
    const own = ownEffect(direction);
    return own ? [{ own, effects: direction.effects }] : [];
  });
  if (withItems.length === 0) return said.noItems;
  const moved = withItems.filter(({ own: { change } }) => change.d.low !== null && change.d.low > 0);
  const size = (effect: PlacedEffect) => Math.abs(effect.change.d.value);
  const first = moved.filter(({ own, effects }) => effects.every(other => size(other) <= size(own)));
  const asked = said.moved(withItems.length, moved.length);
  if (moved.length === 0) return said.none(asked);
  if (moved.length === 1) return (first.length === 1 ? said.oneOwn : said.oneOther)(asked);
  return first.length === moved.length ? said.allOwn(asked) : said.someOwn(asked, first.length);
}

/** A correlation that is worth a word, where it has no interval. */
const WORTH = 0.3;

/**
 * What a meter tells of answers, in a sentence. Under one instruction only the items differ: that it tells their answers is said
 * only where the interval of the test as it is lies above 0.
 */
export function monitorLine(trait: string, { pooled, within }: MonitoringSummary): string {
  const said = words.findings.monitor;
  const name = traitWithin(trait);
  const [plain, ...instructed] = within;
  if (!plain) return said.tooFew(name);
  const tells = plain.r.low !== null && plain.r.low > 0;
  const wrong = plain.r.high !== null && plain.r.high < 0;
  const first = (tells ? said.tells : wrong ? said.wrongWay : said.tellsNot)(name, correlationOf(plain));
  if (instructed.length === 0 || !pooled) return first;
  const follows = pooled.r.value >= WORTH;
  const together = follows ? (tells ? said.followsBoth : said.followsInstruction) : said.followsNothing;
  return `${first} ${together(signed(pooled.r.value))}`;
}

function correlationOf({ r: { value, low, high }, pairs }: Correlation): string {
  const said = words.findings.monitor;
  if (low === null || high === null) return said.r(signed(value), pairs);
  return said.rSure(signed(value), signed(low), signed(high), pairs);
}

/** How well a direction tells apart texts that it was not made of. */
export function separationLine(trait: string, separation: number): string {
  return words.findings.separation(traitWithin(trait), Math.round(100 * separation));
}

/** What a data set would teach, in a sentence. */
export function dataLine(trait: string, { difference, z, rows }: DifferenceResult): string {
  const said = words.findings.data;
  const name = traitWithin(trait);
  const interval = ({ low, high }: Estimate) => sureOf(low, high);
  if (!difference) return z ? said.neutral(name, signed(z.value), interval(z)) : said.nothing;
  const answers = rows.filter(row => row.difference !== null).length;
  const { value, low, high } = difference;
  const clear = low !== null && high !== null && low * high > 0;
  const lies = (value < 0 ? said.below : said.above)(
    name,
    decimal(Math.abs(value), 2),
    interval(difference),
    answers,
  );
  if (!clear) return said.unclear(lies);
  return (value > 0 ? said.towards : said.away)(lies, name);
}

/** How far the two ways of reading say the same, over all items; null where they have none in common. */
export function readoutAgreementLine(
  agreement: ReadoutAgreement[],
  unit: 'item' | 'statement' = 'item',
): string | null {
  const said = words.wording.scores;
  const all = agreement.find(({ trait }) => trait === null);
  if (!all) return null;
  const { items, correlation } = all;
  const r = correlation?.r;
  const same = said.sameSide[unit](items, Math.round(all.same * items), percent(all.same));
  return r ? said.sameStrength(same, `${signed(r.value)}${sureOf(r.low, r.high)}`) : said.sameAlone(same);
}
