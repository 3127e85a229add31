import type { Score } from '../types';
import { type Interval, intervals } from './intervals';

/** Where things stand in a radar: axes from the middle outwards, the first one upwards, the others clockwise. */

/** A value on an axis, with its interval where one can be given. */
export interface Spoke {
  value: number;
  interval: Interval | null;
}

/** One reading of all axes; null where there is none. */
export interface Shape {
  name: string;
  spokes: (Spoke | null)[];
}

export type Point = [x: number, y: number];

/** Fewer axes enclose nothing. */
export const LEAST_AXES = 3;
/** Longest part of a name that has room beside the axes on a narrow screen. */
const MOST_LETTERS = 11;
const MOST_LINES = 2;

/** The direction of an axis. */
export function direction(axis: number, axes: number): Point {
  const angle = (2 * Math.PI * axis) / axes;
  return [Math.sin(angle), -Math.cos(angle)];
}

/** Neighbours that both have a value, as lines from axis to axis: a gap stays a gap. */
export function edges({ spokes }: Shape): [from: number, to: number][] {
  return spokes.flatMap((spoke, i) => {
    const next = (i + 1) % spokes.length;
    return spoke && spokes[next] ? [[i, next] as [number, number]] : [];
  });
}

/** A name in two short lines at most, broken at a space or, with a hyphen, before a syllable. */
export function labelLines(name: string): string[] {
  const lines: string[] = [];
  let rest = name.trim();
  while (rest.length > MOST_LETTERS && lines.length < MOST_LINES - 1) {
    const space = rest.lastIndexOf(' ', MOST_LETTERS);
    const hyphen = rest.lastIndexOf('-', MOST_LETTERS - 1);
    const at = space > 0 ? space : hyphen > 0 ? hyphen + 1 : syllable(rest);
    lines.push(space > 0 || hyphen > 0 ? rest.slice(0, at) : `${rest.slice(0, at)}-`);
    rest = rest.slice(at).trimStart();
  }
  const most = MOST_LETTERS + 1;
  return [...lines, rest.length > most ? `${rest.slice(0, most - 1)}…` : rest];
}

/** The last place in the first line where a consonant stands before a vowel. */
function syllable(word: string): number {
  for (let at = MOST_LETTERS - 1; at > 2; at -= 1) {
    if (/^[^aeiou][aeiou]/i.test(word.slice(at))) return at;
  }
  return MOST_LETTERS - 1;
}

/** Trait scores on axes of traits; a trait without a score is a gap. */
export function scoreShape(name: string, axes: string[], scores: Score[]): Shape {
  const spokes = axes.map(axis => {
    const score = scores.find(({ trait }) => trait === axis);
    return score ? { value: score.score, interval: intervals(score).score } : null;
  });
  return { name, spokes };
}
