import type { Item, Observation, Rating, ScoreRequest } from '../types';

/** A finished row of a run: the answer to an item, or the rating of a statement. */
export type Row = Observation | Rating;

export function isRating(row: Row): row is Rating {
  return 'domain' in row;
}

/** What tells one item from another: ids need only differ within a trait. */
export function itemKey(trait: string, id: string): string {
  return JSON.stringify([trait, id]);
}

/** The item or the statement that a row is about. */
export function unitKey(row: Row): string {
  return itemKey(isRating(row) ? row.domain : row.trait, row.item);
}

/** What tells one row from another. */
export function rowKey(row: Row): string {
  const { item, readout, template, layout } = row;
  const trait = isRating(row) ? row.domain : row.trait;
  return JSON.stringify([trait, item, readout, template, layout, isRating(row) ? 'rating' : row.paraphrased]);
}

/** Observations and ratings among rows. */
export function kinds(rows: Row[]): { observations: Observation[]; ratings: Rating[] } {
  return {
    observations: rows.filter((row): row is Observation => !isRating(row)),
    ratings: rows.filter(isRating),
  };
}

/** How many rows a finished item has. */
function rowsOfItem(request: ScoreRequest, item: Item): number {
  // As in the core, a paraphrase is both texts, and a list of items from elsewhere may leave the fields out.
  const whole = typeof item.paraphrased_situation === 'string' && typeof item.paraphrased_query === 'string';
  return rowsOfUnit(request) * (request.paraphrases && whole ? 2 : 1);
}

/** How many rows a finished item or statement has, without paraphrases. */
export function rowsOfUnit({ readouts, templates, layouts }: ScoreRequest): number {
  const letters = readouts.includes('letters') ? templates.length * layouts.length : 0;
  return letters + (readouts.includes('continuation') ? 1 : 0);
}

/** The items and statements of a request in the order in which they are asked, and how many rows each has. */
export function unitsOf(request: ScoreRequest): { key: string; rows: number }[] {
  const items = request.items.items.map(item => ({
    key: itemKey(item.personality, item.id),
    rows: rowsOfItem(request, item),
  }));
  const statements = (request.inventory?.items ?? []).map(({ domain, id }) => ({
    key: itemKey(domain, id),
    rows: rowsOfUnit(request),
  }));
  return [...items, ...statements];
}

/** The request with these of its items and statements, by their places in {@link unitsOf}. */
export function withUnits(request: ScoreRequest, keep: (place: number) => boolean): ScoreRequest {
  const { items, inventory } = request;
  const before = items.items.length;
  return {
    ...request,
    items: { ...items, items: items.items.filter((_, i) => keep(i)) },
    inventory: inventory && {
      ...inventory,
      items: inventory.items.filter((_, i) => keep(before + i)),
    },
  };
}
