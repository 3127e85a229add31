import { plural } from '../../page/format';

/** Tests beside each other. */
export const comparison = {
  heading: 'Side by side',
  against: 'Held against',
  choice: (name: string, date: string) => `${name}, ${date}`,
  impossible: (name: string, baseline: string, why: string) =>
    `${name} cannot be compared with ${baseline}: ${why}.`,
  fromTable: (names: string) => `How it was asked is not known of what comes from a table: ${names}.`,
  same: 'Model, device and questions were the same in all of them.',
  sameAsKnown: 'Model, device and questions were the same in all of them, as far as is known.',
  different: 'What was different',
  what: 'What',
  doubt: (name: string, why: string) => `${name}. ${why}`,
  leftOut: (name: string, why: string) => `${name} is left out here: ${why}.`,
  notOffered: (readout: string) => `${readout}: not offered, and why`,
  scores: {
    label: 'Scores side by side',
    items: 'Scores of 100, with 95% intervals',
    statements: 'Mean points, with 95% intervals',
    baseline: 'baseline',
  },
  less: (name: string, baseline: string) => `${name}, less ${baseline}`,
  chart: (name: string, baseline: string, readout: string) =>
    `Differences: ${name}, less ${baseline}, ${readout}`,
  asTable: 'The differences as a table',
  ofFacets: 'The differences of the facets',
  table: {
    label: 'Differences',
    trait: 'Trait',
    domain: 'Domain',
    facet: 'Facet',
    score: 'Score',
    d: 'd',
    points: 'Points',
    items: 'Items',
    statements: 'Statements',
    leftOut: 'Left out',
    interval: '95% interval',
    dz: 'dz',
    p: 'p',
    adjusted: 'p (Holm)',
    against: 'Other way',
  },
  withInterval: (value: string, interval: string) => `${value} (${interval})`,
  meaning: {
    items: (unit: string) =>
      `Differences in d, ${unit}: how much likelier the high answers are than the low ones.`,
    statements: 'Differences in mean points of the scale, reversed statements turned round.',
    tests:
      'Item by item, with the 95% interval over items. dz: the mean difference in units of its spread between items. p: sign-flip test, with Holm’s adjustment for all rows of a table.',
  },
  units: { points: 'points', nats: 'nats', natsToken: 'nats a token' },
  save: 'Save the comparison (JSON)',
  print: 'Print the comparison',
  saveTable: 'Save the comparison as a table (CSV)',
  why: {
    kinds: 'one has items with four answers, the other statements on a scale',
    scales: (one: number, other: number) => `one scale has ${one} answers, the other ${other}`,
    readouts: 'there is no way of reading the answers in which both have scores',
    items: 'they have no item in common',
    noScores: 'it has no scores in this read-out',
    incomplete: 'no item is complete in both',
  },
  change: {
    few: (enough: number) => `Fewer than ${enough} of each: too few to tell a change from luck.`,
    up: (traits: string) => `more like someone high in ${traits}`,
    down: (traits: string) => `less like someone high in ${traits}`,
    none: (other: string) => `No clear change: nothing here that other ${other} might not undo.`,
    items: 'items',
    told: (how: string[]) => `It answers ${how.join(', and ')}.`,
    toldSome: (told: string, rest: number) =>
      `${told} ${rest === 1 ? 'One other shows' : `${rest} others show`} no clear change.`,
    pairedItems: (paired: number) => `Over ${plural(paired, 'item')} that both have complete`,
    pairedStatements: (paired: number) => `Over ${plural(paired, 'statement')} that both have complete`,
    paired: (over: string) => `${over}.`,
    unpaired: (over: string, left: number, figure: string) =>
      `${over}; ${figure} that only one has ${left === 1 ? 'is' : 'are'} left out.`,
  },
  tableDoubt: 'From a table: its factual questions are not known, so these may be answers that mean nothing.',
  noQuestions: (readout: string) =>
    `No factual question was answered in the ${readout} read-out, so nothing is known about it.`,
};
