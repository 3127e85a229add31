import { words } from '../i18n';
import { decides } from '../lib/merge';
import type {
  Agreement,
  DeviceInfo,
  GateResult,
  ModelInfo,
  Readout,
  ReadoutAgreement,
  RoundingLoss,
  Score,
  SelfTest,
} from '../types';
import { decimal, listed, percent, signed, small } from './format';
import { lean } from './intervals';

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
export function sureOf(low: number | null, high: number | null): string {
  return low === null || high === null ? '' : words.wording.sure(signed(low), signed(high));
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
