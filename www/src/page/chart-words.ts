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
  const gaps = without.length > 0 ? `; none for ${without.join(', ')}` : '';
  const [first] = known;
  if (!first) return `no values${gaps}`;
  const highest = known.reduce((best, one) => (one.value > best.value ? one : best));
  const lowest = known.reduce((best, one) => (one.value < best.value ? one : best));
  if (known.length === 1) return `${first.name} ${first.text}${gaps}`;
  if (highest.text === lowest.text) return `all at ${first.text}${gaps}`;
  return `highest ${highest.name} ${highest.text}, lowest ${lowest.name} ${lowest.text}${gaps}`;
}
