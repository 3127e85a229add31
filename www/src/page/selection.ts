import type { Item, ItemBank, LikertInventory, ScoreRequest } from '../types';
import type { Settings } from './settings';

/** A bank's traits in the order in which they first come. */
export function traitsOf(items: Item[]): string[] {
  return [...new Set(items.map(item => item.personality))];
}

/** The items to administer, and the traits that were named and get none. */
export interface Selection {
  bank: ItemBank;
  /** Statements in the place of items, which the bank then has none of. */
  inventory: LikertInventory | null;
  /** How many items or statements there are. */
  size: number;
  /** The bank has no such trait. */
  unknown: string[];
  /** The limit of items is used up by the traits before it. */
  crowdedOut: string[];
}

/**
 * The place of each item in the order in which its trait's items are taken: one of each setting before a second of any,
 * so that a few items are from as many parts of life. Every trait begins with another setting. Items of a trait that do not all say
 * where they are from are taken in the bank's order.
 */
function ranks(items: Item[]): Map<Item, number> {
  const settings = [...new Set(items.flatMap(({ setting }) => setting ?? []))];
  const ranked = new Map<Item, number>();
  for (const [turn, trait] of traitsOf(items).entries()) {
    const own = items.filter(({ personality }) => personality === trait);
    const stratified = own.every(({ setting }) => setting);
    const key = (item: Item, place: number) => {
      if (!stratified) return [place, 0];
      const before = own.slice(0, place).filter(({ setting }) => setting === item.setting).length;
      const from = settings.indexOf(item.setting ?? '') - turn;
      return [before, (from + turn * settings.length) % settings.length];
    };
    const keyed = own.map((item, place) => ({ item, key: key(item, place) }));
    keyed.sort((a, b) => (a.key[0] ?? 0) - (b.key[0] ?? 0) || (a.key[1] ?? 0) - (b.key[1] ?? 0));
    for (const [rank, { item }] of keyed.entries()) ranked.set(item, rank);
  }
  return ranked;
}

/**
 * The part of a bank that the settings ask for: so many items of each trait, one of each setting before a second of any, in
 * the bank's order. A limit takes the traits in turn, so that each has items before one has more than the others.
 */
export function selectItems(
  bank: ItemBank,
  { traits, per_trait, items: limit }: Pick<Settings, 'traits' | 'per_trait' | 'items'>,
): Selection {
  const known = new Set(traitsOf(bank.items).map(fold));
  const wanted = traits && new Set(traits.map(fold));
  const places = ranks(bank.items);
  const ranked = bank.items.flatMap((item, place) => {
    if (wanted && !wanted.has(fold(item.personality))) return [];
    const rank = places.get(item) ?? 0;
    return per_trait === null || rank < per_trait ? [{ item, place, rank }] : [];
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
    inventory: null,
    size: items.length,
    unknown: named.filter(trait => !known.has(fold(trait))),
    crowdedOut: named.filter(trait => known.has(fold(trait)) && !given.has(fold(trait))),
  };
}

/** The part of an inventory that the settings ask for: the first statements of each domain. */
export function selectStatements(
  inventory: LikertInventory,
  { per_trait }: Pick<Settings, 'per_trait'>,
): Selection {
  const counts = new Map<string, number>();
  const items = inventory.items.filter(({ domain }) => {
    const count = (counts.get(domain) ?? 0) + 1;
    counts.set(domain, count);
    return per_trait === null || count <= per_trait;
  });
  const { name, version, licence } = inventory;
  return {
    bank: { name, version, licence, items: [] },
    inventory: { ...inventory, items },
    size: items.length,
    unknown: [],
    crowdedOut: [],
  };
}

/** Whether a test asked just what is selected. */
export function asked({ bank, inventory }: Selection, { items, inventory: former }: ScoreRequest): boolean {
  const alike = (ids: { id: string }[], others: { id: string }[]) =>
    ids.length === others.length && ids.every(({ id }, i) => id === others[i]?.id);
  return (
    bank.name === items.name &&
    inventory?.name === former?.name &&
    alike(bank.items, items.items) &&
    alike(inventory?.items ?? [], former?.items ?? [])
  );
}

function fold(trait: string): string {
  return trait.trim().toLowerCase();
}
