// Two tests of the double beside each other: mean differences of items that both have, with an interval from their spread.

const mean = values => values.reduce((sum, value) => sum + value, 0) / values.length;

/** What items of a scale, or of a facet of it, come to in one read-out, by their ids. */
function values(rows, readout, scale, value, facet = null) {
  const items = new Map();
  for (const row of rows) {
    if (row.readout !== readout || (row.trait ?? row.domain) !== scale) continue;
    if (facet !== null && row.facet !== facet) continue;
    items.set(row.item, [...(items.get(row.item) ?? []), value(row)]);
  }
  return new Map([...items].map(([item, own]) => [item, mean(own)]));
}

function estimate(changes) {
  const value = mean(changes);
  if (changes.length < 2) return { value, low: null, high: null };
  const sd = Math.sqrt(
    mean(changes.map(change => (change - value) ** 2)) * (changes.length / (changes.length - 1)),
  );
  const half = (1.96 * sd) / Math.sqrt(changes.length);
  return half < 1e-9 ? { value, low: null, high: null } : { value, low: value - half, high: value + half };
}

/** Of a mean that lies so many standard errors from 0, roughly as the normal distribution has it. */
function pOf({ value, low }) {
  if (low === null) return 1;
  const z = (1.96 * Math.abs(value)) / (value - low);
  return Math.min(1, Math.exp(-0.717 * z - 0.416 * z * z));
}

/** Changes of the items, or settings, that both have; null without any. */
export function paired(before, after) {
  const changes = [...before]
    .filter(([item]) => after.has(item))
    .map(([item, value]) => after.get(item) - value);
  if (changes.length === 0) return null;
  const difference = estimate(changes);
  const half = difference.low === null ? 0 : difference.value - difference.low;
  return {
    changes,
    difference,
    items: changes.length,
    unpaired: before.size + after.size - 2 * changes.length,
    against: changes.filter(change => change * difference.value < 0).length,
    dz: half === 0 ? null : (1.96 * difference.value) / (half * Math.sqrt(changes.length)),
    p: pOf(difference),
  };
}

/** The domains of ratings, and after them their facets. */
function scales(ratings) {
  const facets = ratings.filter(({ facet }) => facet !== null);
  return [
    ...[...new Set(ratings.map(({ domain }) => domain))].map(domain => [domain, null]),
    ...[...new Set(facets.map(({ facet }) => facet))].map(facet => [
      facets.find(row => row.facet === facet).domain,
      facet,
    ]),
  ];
}

/** Holm's adjustment of the rows of a family. */
export function adjust(rows) {
  let worst = 0;
  const sorted = rows.toSorted((a, b) => a.p - b.p);
  for (const [i, row] of sorted.entries()) {
    worst = Math.max(worst, Math.min(1, (sorted.length - i) * row.p));
    row.adjusted = worst;
  }
}

export function compareAnswers(before, after) {
  const comparison = { traits: [], domains: [] };
  for (const readout of ['letters', 'continuation']) {
    const rows = [];
    for (const trait of new Set(before.observations.map(row => row.trait))) {
      const of = (test, value) => values(test.observations, readout, trait, value);
      const found = paired(
        of(before, row => row.d),
        of(after, row => row.d),
      );
      if (!found) continue;
      const { changes, difference, ...counts } = found;
      const of100 = value => estimate([...paired(of(before, value), of(after, value)).changes]);
      const score = of100(row => (row.win ? 100 : 0));
      const expected = of100(row => 100 * row.p_high);
      const row = { ...counts, difference: { trait, readout, ...counts, score, expected, d: difference } };
      rows.push(row);
      comparison.traits.push(row);
    }
    const parts = [];
    for (const [domain, facet] of scales(before.ratings)) {
      const value = row => (row.keyed === 'plus' ? row.value : row.options.length + 1 - row.value);
      const of = test => values(test.ratings, readout, domain, value, facet);
      const found = paired(of(before), of(after));
      if (!found) continue;
      const { changes: _, difference: points, ...counts } = found;
      const row = { domain, facet, readout, ...counts, points };
      (facet === null ? rows : parts).push(row);
      comparison.domains.push(row);
    }
    adjust(rows);
    adjust(parts);
  }
  comparison.traits = comparison.traits.map(({ difference, adjusted }) => ({ difference, adjusted }));
  return comparison;
}
