import { words } from '../i18n';
import { unitKey } from '../lib/units';
import type { Comparison, Estimate, Readout } from '../types';
import { ENOUGH, type Interval, intervals } from './intervals';
import { type Report, scoredReadouts } from './report';

/** Two or more tests beside each other: what of them can be compared, and what changed. */

/** What changed in a scale, over what both sides have complete: items of two tests, or settings of two studies. */
export interface Shift {
  scale: string;
  /** How many both have complete. */
  paired: number;
  difference: Estimate;
  /** How many move the other way. */
  against: number;
  dz: number | null;
  p: number;
  /** Adjusted for all scales of the read-out, or for all its facets. */
  adjusted: number;
}

/** What changed in a trait or a domain, or in a facet of a domain: in d, or in points of a scale. */
export interface Change extends Shift {
  /** The facet of the domain `scale`; null for the whole. */
  facet: string | null;
  /** Items that only one test has complete. */
  unpaired: number;
  /** In points of 100; null for statements. */
  score: Estimate | null;
}

/** A test held against the baseline: what changed, or why nothing can be said. */
export interface Pair {
  report: Report;
  found: Comparison | null;
  /** In the language of the page; null while it is computed, and where there is something to show. */
  readonly why: string | null;
}

/** Sorts behind every date. */
const LAST = '9999';

/** The oldest first; those without a date last. */
export function byAge<Dated extends { date: string | null }>(all: Dated[]): Dated[] {
  return all.toSorted((a, b) => (a.date ?? LAST).localeCompare(b.date ?? LAST));
}

/** Why nothing of two tests can be compared, as far as that can be told at once; null where it can be. */
export function whyNot(one: Report, other: Report): string | null {
  if (one.kind !== other.kind) {
    return words.comparison.why.kinds;
  }
  const [points, others] = [pointsOf(one), pointsOf(other)];
  if (points !== others && points !== null && others !== null) {
    return words.comparison.why.scales(points, others);
  }
  const readouts = scoredReadouts(one);
  if (!scoredReadouts(other).some(readout => readouts.includes(readout))) {
    return words.comparison.why.readouts;
  }
  const ids = new Set(keysOf(one));
  return keysOf(other).some(key => ids.has(key)) ? null : words.comparison.why.items;
}

/** What changed in one read-out, in whole traits and domains. */
export function changesOf(comparison: Comparison, readout: Readout): Change[] {
  return allChangesOf(comparison, readout).filter(({ facet }) => facet === null);
}

/** The same in the facets of domains. */
export function facetChangesOf(comparison: Comparison, readout: Readout): Change[] {
  return allChangesOf(comparison, readout).filter(({ facet }) => facet !== null);
}

function allChangesOf({ traits, domains }: Comparison, readout: Readout): Change[] {
  return [
    ...traits
      .filter(({ difference }) => difference.readout === readout)
      .map(
        ({
          difference: { trait: scale, d: difference, items: paired, readout: _, expected: __, ...rest },
          adjusted,
        }) => ({
          ...rest,
          scale,
          facet: null,
          paired,
          difference,
          adjusted,
        }),
      ),
    ...domains
      .filter(domain => domain.readout === readout)
      .map(({ domain: scale, points: difference, items: paired, readout: _, ...rest }) => ({
        ...rest,
        scale,
        paired,
        difference,
        score: null,
      })),
  ];
}

/** The interval of a mean over so many items or settings, where these are enough for one. */
export function intervalOf({ low, high }: Estimate, count: number): Interval | null {
  return low === null || high === null || count < ENOUGH ? null : [low, high];
}

/** A report's score on a trait, a domain or a facet, of 100 or in points of the scale. */
export function scoreOf(
  { kind, summary }: Report,
  readout: Readout,
  scale: string,
  facet: string | null = null,
): { value: number; interval: Interval | null; items: number } | null {
  if (kind === 'items') {
    const score = summary.scores.find(found => found.readout === readout && found.trait === scale);
    return score ? { value: score.score, interval: intervals(score).score, items: score.items } : null;
  }
  const score = summary.likert?.scores.find(
    found => found.readout === readout && found.domain === scale && found.facet === facet,
  );
  return score
    ? { value: score.expected.value, interval: intervalOf(score.expected, score.items), items: score.items }
    : null;
}

/** The read-outs in which some pair can be compared, and the scales of each in the order of the baseline. */
export function comparable(pairs: Pair[]): { readout: Readout; scales: string[] }[] {
  return (['continuation', 'letters'] as const).flatMap(readout => {
    const scales = pairs.flatMap(({ found }) =>
      found ? changesOf(found, readout).map(({ scale }) => scale) : [],
    );
    return scales.length > 0 ? [{ readout, scales: [...new Set(scales)] }] : [];
  });
}

/** Why two tests cannot be compared in a read-out in which others can. */
export function whyNotIn({ report }: Pair, baseline: Report, readout: Readout): string {
  const without = [baseline, report].filter(one => !scoredReadouts(one).includes(readout));
  if (without.length > 0) return words.comparison.why.noScores;
  return words.comparison.why.incomplete;
}

function pointsOf({ kind, ratings }: Report): number | null {
  return kind === 'items' ? null : (ratings[0]?.options.length ?? null);
}

function keysOf({ observations, ratings }: Report): string[] {
  return [...observations, ...ratings].map(unitKey);
}
