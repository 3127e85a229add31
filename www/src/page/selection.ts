import type { Item, ItemBank } from '../types';
import type { Settings } from './settings';

/** A bank's traits in the order in which they first come. */
export function traitsOf(items: Item[]): string[] {
  return [...new Set(items.map(item => item.personality))];
}

/** The part of a bank that the settings ask for: the first items of each trait, in the bank's order. */
export function selectItems(
  bank: ItemBank,
  { traits, per_trait, items: limit }: Pick<Settings, 'traits' | 'per_trait' | 'items'>,
): { bank: ItemBank; unknown: string[] } {
  const known = new Set(traitsOf(bank.items).map(fold));
  const wanted = traits && new Set(traits.map(fold));
  const counts = new Map<string, number>();
  const items = bank.items.filter(({ personality }) => {
    const trait = fold(personality);
    if (wanted && !wanted.has(trait)) return false;
    const count = (counts.get(trait) ?? 0) + 1;
    counts.set(trait, count);
    return per_trait === null || count <= per_trait;
  });
  return {
    bank: { ...bank, items: limit === null ? items : items.slice(0, limit) },
    unknown: (traits ?? []).filter(trait => !known.has(fold(trait))),
  };
}

function fold(trait: string): string {
  return trait.trim().toLowerCase();
}
