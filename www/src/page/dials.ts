import type { Meter, Reading, Steering, TraitVectors } from '../types';

/** A trait and how hard the model is pushed along it, in units of the stream's length. */
export interface Dial {
  trait: string;
  dose: number;
}

/** The largest dose that the page offers: beyond it texts fall apart. */
export const MOST_DOSE = 0.4;

/** Doses between nothing and the widest, either way. */
const DOSES_A_SIDE = 4;

/** Nine doses, 0 among them. */
export function dosesUpTo(widest: number): number[] {
  const step = widest / DOSES_A_SIDE;
  return Array.from({ length: 2 * DOSES_A_SIDE + 1 }, (_, i) =>
    Number(((i - DOSES_A_SIDE) * step).toFixed(6)),
  );
}

/** Traits whose push in one direction makes threats or abuse likely, and the dose from which on it may. */
const RISKS: Record<string, { sign: 1 | -1; from: number }> = {
  agreeableness: { sign: -1, from: 0.25 },
  malice: { sign: 1, from: 0.15 },
  psychopathy: { sign: 1, from: 0.2 },
  impoliteness: { sign: 1, from: 0.25 },
};

/** Whether a model that is pushed so far may write threats or abuse. */
export function risky({ trait, dose }: Dial): boolean {
  const risk = RISKS[trait];
  return risk !== undefined && dose * risk.sign >= risk.from - 1e-9;
}

/** Whether a dose lies beyond those within which texts hold together. */
export function beyond(dose: number, usable: [number, number] | null): boolean {
  return usable !== null && (dose < usable[0] - 1e-6 || dose > usable[1] + 1e-6);
}

/** A direction of a trait at the layer where it is used. */
export interface Placed {
  trait: string;
  layer: number;
  vector: number[];
  /** Mean length of the stream in neutral text. */
  norm: number;
  /** Projection of neutral text: its mean and its standard deviation. */
  mean: number;
  sd: number;
}

/** Two thirds of the way up, where directions of traits are strongest in small models. */
export function usualLayer(layers: number): number {
  return Math.round((2 * layers) / 3);
}

/** Layers to choose from, about the middle of the upper half: below, directions are weak, and the last fifth of the layers writes words. */
export function layersToTry(layers: number): number[] {
  const tried = [14, 16, 18, 20, 22].map(of30 => Math.round((layers * of30) / 30));
  return [...new Set(tried)].filter(layer => layer > 0);
}

/** The direction of a trait at a layer; null where there is none, or where it was not calibrated. */
export function placed(vectors: TraitVectors[], trait: string, layer: number): Placed | null {
  const at = vectors.find(one => one.trait === trait)?.layers.find(one => one.layer === layer);
  if (!at?.neutral) return null;
  const { norm, mean, sd } = at.neutral;
  return { trait, layer, vector: at.vector, norm, mean, sd };
}

/** The edits of some dials. A dial at 0 is no edit. */
export function edits(dials: Dial[], directions: Placed[]): Steering[] {
  return dials.flatMap(({ trait, dose }) => {
    const at = directions.find(one => one.trait === trait);
    if (!at || dose === 0) return [];
    const { layer, vector, norm } = at;
    return [{ layer, vector, norm, edit: { type: 'add' as const, dose } }];
  });
}

/** What reads a direction. */
export function meter({ layer, vector, norm, mean, sd }: Placed): Meter {
  return { layer, vector, neutral: { norm, mean, sd } };
}

export function cosine(a: number[], b: number[]): number {
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((x, i) => {
    const y = b[i] ?? 0;
    ab += x * y;
    aa += x * x;
    bb += y * y;
  });
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
}

/**
 * How many standard deviations the pushes themselves add to what a meter shows at its layer. Less this, the meter shows
 * what the text does, not what the dial does.
 */
export function pushed(of: Placed, dials: Dial[], directions: Placed[]): number {
  let sum = 0;
  for (const { trait, dose } of dials) {
    const other = directions.find(one => one.trait === trait);
    if (other?.layer === of.layer) sum += dose * other.norm * cosine(of.vector, other.vector);
  }
  return sum / of.sd;
}

/** The z-scores of a reading without the part that the pushes add. */
export function without(push: number, { z }: Reading): number[] {
  return z.map(value => value - push);
}

/** The mean of numbers, or null of none. */
export function mean(values: number[]): number | null {
  return values.length > 0 ? values.reduce((a, b) => a + b, 0) / values.length : null;
}
