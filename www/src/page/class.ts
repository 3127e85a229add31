import type { Readout } from '../types';
import { isOffered, type Report } from './report';

/** The same test on several machines, such as those of a class. */

/** As few machines make no class. */
export const FEWEST = 3;

/** A score on one machine. */
interface On {
  report: Report;
  score: number;
}

/** How the scores of one trait or scale lie over the machines. */
export interface Spread {
  trait: string;
  readout: Readout;
  /** From the lowest to the highest. */
  on: On[];
  median: number;
  /** 0 to 100 for traits; the ends of the answer scale for statements. */
  scale: [number, number];
}

/** Machines that were asked the same. */
export interface Class {
  reports: Report[];
  /** Of one model file and one arithmetic, so that only rounding can tell the machines apart. */
  alike: boolean;
  spreads: Spread[];
}

/** What has to be the same for tests to be one: what was asked and how, whatever model and machine answered. */
function test({ kind, items, inventory, asked }: Report): string | null {
  if (!asked || !items) return null;
  // The seed draws intervals, and the arithmetic is the machine's.
  const { seed: _, activations: __, ...same } = asked;
  const { name, version, sha256, size } = items;
  return JSON.stringify([kind, name, version, sha256, size, inventory, same]);
}

/** The classes among reports: each of at least {@link FEWEST} machines that were asked the same, the largest first. */
export function classesOf(reports: Report[]): Class[] {
  const groups = new Map<string, Report[]>();
  for (const report of reports) {
    const key = test(report);
    if (key !== null) groups.set(key, [...(groups.get(key) ?? []), report]);
  }
  return [...groups.values()]
    .filter(group => group.length >= FEWEST)
    .sort((a, b) => b.length - a.length)
    .map(group => ({ reports: group, alike: alike(group), spreads: spreads(group) }));
}

function alike(reports: Report[]): boolean {
  const machines = reports.map(({ model, asked }) => JSON.stringify([model.sha256, asked?.activations]));
  return reports.every(({ model }) => model.sha256 !== null) && new Set(machines).size === 1;
}

/** The scores that may be shown, by trait and read-out; those that fewer machines have than make a class are left out. */
function spreads(reports: Report[]): Spread[] {
  const found = new Map<string, { trait: string; readout: Readout; scale: [number, number]; on: On[] }>();
  for (const report of reports) {
    for (const { trait, readout, score, scale } of scoresOf(report)) {
      if (isOffered(report, readout) !== true) continue;
      const key = `${readout} ${trait}`;
      const one = found.get(key) ?? { trait, readout, scale, on: [] };
      one.on.push({ report, score });
      found.set(key, one);
    }
  }
  return [...found.values()]
    .filter(({ on }) => on.length >= FEWEST)
    .map(({ on, ...rest }) => {
      const sorted = on.sort((a, b) => a.score - b.score);
      return { ...rest, on: sorted, median: middle(sorted.map(({ score }) => score)) };
    });
}

function scoresOf({ kind, summary }: Report) {
  if (kind === 'items') {
    return summary.scores.map(({ trait, readout, score }) => ({
      trait,
      readout,
      score,
      scale: [0, 100] as [number, number],
    }));
  }
  const domains = (summary.likert?.scores ?? []).filter(({ facet }) => facet === null);
  return domains.map(({ domain, readout, expected, points }) => ({
    trait: domain,
    readout,
    score: expected.value,
    scale: [1, points] as [number, number],
  }));
}

/** The middle of sorted values; between the two middle ones where they are even in number. */
export function middle(sorted: number[]): number {
  const half = sorted.length / 2;
  const [low = 0, high = low] = Number.isInteger(half)
    ? [sorted[half - 1], sorted[half]]
    : [sorted[Math.floor(half)]];
  return (low + high) / 2;
}

/** How far apart the machines are in the score in which they are farthest. */
export function farthest({ spreads }: Class): number {
  return Math.max(0, ...spreads.map(({ on }) => (on.at(-1)?.score ?? 0) - (on[0]?.score ?? 0)));
}
