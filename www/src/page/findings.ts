import { words } from '../i18n/all';
import type {
  CoherenceResult,
  Correlation,
  DifferenceResult,
  DirectionEffects,
  Estimate,
  MonitoringSummary,
  PlacedEffect,
} from '../types';
import { decimal, dose, listed, signed } from './format';
import type { KnownEffect } from './known';
import { ownEffect } from './study-items';
import { sureOf, traitWithin } from './wording';

/** What studies of pushes, meters and data sets found, in sentences. */

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

/**
 * What is known of a direction that comes with the model, in a sentence: an effect is what no direction of chance does. `asked` says
 * whether there are items of the trait.
 */
export function knownLine(trait: string, effect: KnownEffect | null, asked = false): string {
  const { findings } = words;
  const name = traitWithin(trait);
  if (!effect) return asked ? findings.notMeasured(name) : findings.noItems(name);
  const { items, change, chance, above } = effect;
  const [value, low, high] = change;
  const measured = findings.measured(dose(effect.dose), signed(value), signed(low), signed(high), items);
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
