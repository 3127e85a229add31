import type { CatalogueEntry } from '../lib/traitscope';

/** What was measured of a direction that comes with a model, on items on which its layer was not chosen. */
export interface KnownEffect {
  items: number;
  /** Change of d on the trait's own items from dose −0.4 to +0.4, and the ends of its 95% interval. */
  change: [number, number, number];
  /** Directions of chance that were tried beside it. */
  chance: number;
  /** How many of them changed less. */
  above: number;
  /** The dose up to which it was measured, both ways. */
  dose: number;
}

/** Where the catalogue does not say another. */
const USUAL_DOSE = 0.4;

/** What the catalogue says of the direction of a trait; nothing where it says it in another form. */
function known(entry: CatalogueEntry | null, what: string, trait: string): unknown {
  return (entry?.[what] as Record<string, unknown> | undefined)?.[trait];
}

/** The layer at which it is used. */
export function knownLayer(entry: CatalogueEntry | null, trait: string): number | null {
  const layer = known(entry, 'layers', trait);
  return typeof layer === 'number' ? layer : null;
}

/** The doses within which texts hold together. */
export function knownRange(entry: CatalogueEntry | null, trait: string): [number, number] | null {
  const range = numbers(known(entry, 'usable', trait), 2);
  return range ? [range[0] as number, range[1] as number] : null;
}

/** What it does to the answers. */
export function knownEffect(entry: CatalogueEntry | null, trait: string): KnownEffect | null {
  const found = (known(entry, 'found', trait) ?? {}) as Record<string, unknown>;
  const { items, change, chance, above, dose = USUAL_DOSE } = found;
  const counts = numbers([items, chance, above, dose], 4);
  const ends = numbers(change, 3);
  if (!counts || !ends) return null;
  return {
    items: counts[0] as number,
    change: ends as [number, number, number],
    chance: counts[1] as number,
    above: counts[2] as number,
    dose: counts[3] as number,
  };
}

function numbers(value: unknown, count: number): number[] | null {
  if (!Array.isArray(value) || value.length !== count) return null;
  return value.every(one => typeof one === 'number' && Number.isFinite(one)) ? value : null;
}
