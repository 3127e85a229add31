import { words } from '../i18n/all';

/** What charts say in words. */

/** A named value of a chart; null where there is none. */
export interface Named {
  name: string;
  value: number | null;
}

/** Which of several values are the highest and the lowest; those without a value are told of. */
export function extremes(all: Named[], figure: (value: number) => string): string {
  const known = all.flatMap(({ name, value }) =>
    value === null ? [] : [{ name, value, text: figure(value) }],
  );
  const without = all.filter(({ value }) => value === null).map(({ name }) => name);
  const found = endsOf(known);
  return without.length > 0 ? words.charts.extremes.without(found, without) : found;
}

function endsOf(known: { name: string; value: number; text: string }[]): string {
  const said = words.charts.extremes;
  const [first] = known;
  if (!first) return said.none;
  const highest = known.reduce((best, one) => (one.value > best.value ? one : best));
  const lowest = known.reduce((best, one) => (one.value < best.value ? one : best));
  if (known.length === 1) return said.one(first.name, first.text);
  if (highest.text === lowest.text) return said.same(first.text);
  return said.ends(highest.name, highest.text, lowest.name, lowest.text);
}
