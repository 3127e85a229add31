// What people score on the IPIP-NEO inventories: the norms with which John A. Johnson's scoring programs turn sums of answers into
// standard scores (internet samples; published as a part of them, and the same in two independent transcriptions,
// github.com/kholia/IPIP-NEO-PI and github.com/NeuroQuestAi/five-factor-e).

/** Domains in the order of the norms. */
const DOMAINS = ['N', 'E', 'O', 'A', 'C'];
const FACETS = 6;

/**
 * Of each group the means of the five domains, their standard deviations, then of each domain the means of its six facets and their
 * standard deviations; sums over the items.
 */
const SUMS = {
  'ipip-neo-120': {
    who: 'men and women of 21 to 40 years in equal parts',
    groups: [
      [
        66.97, 78.9, 86.51, 84.22, 85.5, 16.48, 15.21, 12.65, 13.1, 14.27, 11.44, 11.75, 10.37, 12.11, 12.18,
        9.13, 3.76, 4.3, 4.12, 3.81, 3.52, 3.48, 13.31, 11.34, 14.58, 12.07, 13.34, 14.3, 3.8, 3.99, 3.58,
        3.23, 3.43, 3.53, 15.94, 14.94, 14.6, 13.14, 16.11, 11.66, 3.18, 3.63, 3.19, 3.39, 3.25, 3.72, 12.81,
        15.93, 15.37, 14.58, 11.43, 13.77, 3.69, 3.18, 2.92, 3.7, 3.57, 3.29, 15.8, 12.05, 15.68, 15.36,
        13.27, 13.31, 2.44, 4.26, 2.76, 3.39, 3.31, 4.03,
      ],
      [
        72.14, 80.78, 88.25, 91.91, 87.57, 16.16, 14.64, 12.15, 11.39, 13.87, 13.08, 12.72, 10.79, 12.2,
        12.71, 10.69, 3.68, 4.13, 4.07, 3.79, 3.58, 3.64, 14.05, 11.92, 14.25, 12.77, 12.84, 14.96, 3.66,
        4.05, 3.61, 3.24, 3.53, 3.31, 15.64, 15.97, 16.41, 12.84, 15.28, 12.06, 3.34, 3.3, 2.69, 3.44, 3.47,
        3.46, 13.15, 17.34, 16.81, 15.57, 12.98, 15.52, 3.71, 2.61, 2.53, 3.5, 3.57, 2.87, 16.02, 12.67,
        16.36, 16.11, 13.56, 12.91, 2.34, 4.51, 2.54, 3.05, 3.23, 4.18,
      ],
    ],
  },
  'ipip-neo-300': {
    who: 'adult men and women in equal parts',
    groups: [
      [
        161.8, 192.8, 218.4, 202.8, 215.3, 38.7, 31.9, 26.6, 27.3, 30.8, 27.6, 27.0, 25.6, 27.8, 31.1, 22.6,
        8.0, 9.3, 9.8, 7.6, 7.3, 7.4, 33.1, 27.3, 34.6, 30.6, 30.8, 36.4, 8.1, 8.1, 7.5, 6.0, 7.6, 7.0, 39.1,
        38.3, 35.4, 35.8, 40.9, 28.8, 6.6, 6.8, 6.7, 6.6, 6.7, 8.1, 33.6, 36.2, 37.6, 33.7, 28.5, 33.2, 7.6,
        6.4, 6.4, 6.9, 6.9, 6.8, 39.7, 33.0, 39.7, 38.2, 31.3, 33.4, 5.7, 7.8, 5.8, 6.7, 8.4, 7.3,
      ],
      [
        172.5, 196.2, 226.3, 217.3, 220.7, 36.8, 31.7, 26.8, 25.3, 29.8, 30.7, 28.8, 26.5, 29.1, 31.1, 25.3,
        7.8, 8.8, 9.4, 7.5, 7.3, 7.5, 35.1, 28.5, 34.2, 32.0, 28.6, 37.8, 8.1, 8.5, 7.4, 5.9, 7.8, 6.9, 38.5,
        42.3, 39.4, 35.9, 39.8, 30.3, 7.4, 5.7, 6.2, 6.7, 7.0, 7.5, 34.5, 39.6, 40.5, 35.5, 31.0, 36.3, 7.4,
        5.7, 5.9, 6.8, 6.7, 6.3, 39.9, 34.1, 41.5, 39.4, 32.6, 33.3, 5.6, 8.5, 5.4, 6.2, 8.3, 7.3,
      ],
    ],
  },
};

/** The norms of an inventory of so many items, in points of its scale; `domains` and `facets` name what the letters stand for. */
export function norms(inventory, name, items, domains, facets) {
  const { who, groups } = SUMS[inventory];
  const source = `Johnson’s norms for the ${name}: ${who}, who answered on the internet`;
  const norm = (place, apart, items) => {
    const { mean, sd } = pooled(groups.map(sums => ({ mean: sums[place], sd: sums[place + apart] })));
    return { mean: rounded(mean / items), sd: rounded(sd / items), source };
  };
  const each = items / DOMAINS.length;
  return DOMAINS.flatMap((letter, d) => {
    const first = 2 * DOMAINS.length + 2 * FACETS * d;
    return [
      { domain: domains[letter], ...norm(d, DOMAINS.length, each) },
      ...facets[letter].map((facet, f) => ({
        domain: domains[letter],
        facet,
        ...norm(first + f, FACETS, each / FACETS),
      })),
    ];
  });
}

/** Mean and standard deviation of groups of equal size taken together. */
function pooled(groups) {
  const mean = groups.reduce((sum, group) => sum + group.mean, 0) / groups.length;
  const squares = groups.reduce((sum, group) => sum + group.sd ** 2 + (group.mean - mean) ** 2, 0);
  return { mean, sd: Math.sqrt(squares / groups.length) };
}

function rounded(value) {
  return Math.round(value * 1000) / 1000;
}
