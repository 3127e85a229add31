import type { Item, ItemBank } from '../types';
import type { Settings } from './settings';

/** A bank's traits in the order in which they first come. */
export function traitsOf(items: Item[]): string[] {
  return [...new Set(items.map(item => item.personality))];
}

/** The items to administer, and the traits that were named and get none. */
export interface Selection {
  bank: ItemBank;
  /** The bank has no such trait. */
  unknown: string[];
  /** The limit of items is used up by the traits before it. */
  crowdedOut: string[];
}

/**
 * The part of a bank that the settings ask for: the first items of each trait, in the bank's order. A limit takes the
 * traits in turn, so that each has items before one has more than the others.
 */
export function selectItems(
  bank: ItemBank,
  { traits, per_trait, items: limit }: Pick<Settings, 'traits' | 'per_trait' | 'items'>,
): Selection {
  const known = new Set(traitsOf(bank.items).map(fold));
  const wanted = traits && new Set(traits.map(fold));
  const counts = new Map<string, number>();
  const ranked = bank.items.flatMap((item, place) => {
    const trait = fold(item.personality);
    if (wanted && !wanted.has(trait)) return [];
    const rank = (counts.get(trait) ?? 0) + 1;
    counts.set(trait, rank);
    return per_trait === null || rank <= per_trait ? [{ item, place, rank }] : [];
  });
  const items = ranked
    .toSorted((a, b) => a.rank - b.rank || a.place - b.place)
    .slice(0, limit ?? ranked.length)
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item);
  const given = new Set(traitsOf(items).map(fold));
  const named = traits ?? [];
  return {
    bank: { ...bank, items },
    unknown: named.filter(trait => !known.has(fold(trait))),
    crowdedOut: named.filter(trait => known.has(fold(trait)) && !given.has(fold(trait))),
  };
}

function fold(trait: string): string {
  return trait.trim().toLowerCase();
}
