import { plural } from '../../page/format';

/** Studies of a push: what it does to the test's answers and to texts. Names of traits come as they stand within a sentence. */
export const effect = {
  heading: 'Does the push move the test?',
  what: 'Whether a push does what its name says shows in the test: its items are asked under the push, and under random pushes of the same size. Only what chance does not do as well is an effect.',
  kind: 'What is found out',
  kinds: {
    quick: {
      title: 'Short',
      hint: 'The trait’s own items, beside 20 directions made of the same texts with their sides mixed',
    },
    full: {
      title: 'Full',
      hint: 'All eight traits, beside 20 such directions, 20 drawn at random, and the trait asked for in words',
    },
    every: {
      title: 'Every direction',
      hint: 'The directions of all traits of the test and of the dials, each pushed both ways: what else does each of them move?',
    },
    texts: {
      title: 'How far it can go',
      hint: 'Eight questions answered at nine doses: up to which of them do the texts hold together?',
    },
  },
  start: {
    quick: 'Ask under every dose',
    full: 'Ask under every dose',
    every: 'Push along every direction',
    texts: 'Write under every dose',
  },
  again: 'Study it again',
  first: {
    quick: 'Making directions of chance',
    full: 'Making directions of chance',
    every: 'Asking the first item',
    texts: 'Writing the first text',
  },
  sweep: (hint: unknown): unknown[] => ['Choose the layer first ', hint],
  sweepHint: 'of five, on the other half of the items',
  save: 'Save the study',
  nothing: 'It was stopped before anything was answered.',
  itemsOf: 'Items of',
  change: 'Change of d',
  dose: 'Dose',
  layer: 'Layer',
  otherWay: 'Other way',
  tests: 'p (Holm)',

  result: {
    early: 'The study ended early; what was done is kept, and doses may lack items.',
    chart: (trait: string) => `Doses of ${trait}`,
    legend: (trait: string, items: number) =>
      `Upwards: answers of the high side become likelier than those of the low side (nats a token). Points: the direction of ${trait}, with 95% intervals over ${plural(items, 'item')}. Rings: directions of chance of the same size.`,
    dashed: 'Dashed: where the dial stands.',
    shaded:
      'Shaded: doses at which texts of this model fall apart; what is answered there is no longer said by a sound model.',
    chosen: (layer: number, items: number, tried: string[]) =>
      `Layer ${layer} was chosen on ${plural(items, 'other item')} (${tried.join(', ')}); what follows is from items that had no part in that.`,
    noOwn: (trait: string) =>
      `No items ask about ${trait} itself; the table shows what its direction does to the traits that the items do ask about.`,
    noOwnFrom: (trait: string, widest: string) =>
      `No items ask about ${trait} itself; the table shows what its direction does to the traits that the items do ask about from −${widest} to +${widest}.`,
  },

  table: {
    effects: 'Effects on each trait',
    span: (widest: string) => `From −${widest} to +${widest}`,
    cohen: 'Cohen’s d',
    larger: 'Larger than chance',
    cosine: 'Cosine with its direction',
    score: 'Score',
    against: 'Change against 0',
    doses: 'Every dose as a table',
    everyDose: 'Every dose',
    chances: 'Every direction of chance as a table',
    everyChance: 'Every direction of chance',
    directions: 'Directions',
    lowest: 'Lowest to highest',
    each: 'Change against 0 of each',
    /** Between changes. */
    apart: ', ',
    legend:
      'd: how much likelier the high answers are than the low ones, in nats a token. Cohen’s d: the mean change in units of the spread between items. p: sign-flip test, with Holm’s adjustment for all the comparisons of this study. Cosine: how far the direction of that trait is the same as the one that was pushed along; a push also moves what lies along it.',
    count: {
      shuffled: (count: number) => `${count} shuffled`,
      gaussian: (count: number) => `${count} random`,
      trait: (count: number) => `${count} `,
    },
    place: {
      shuffled: (larger: number, of: number) => `${larger} of ${of} shuffled`,
      gaussian: (larger: number, of: number) => `${larger} of ${of} random`,
    },
  },

  chart: {
    axis: (trait: string) => `dose of ${trait}`,
    ends: (trait: string, along: string, ends: [value: string, dose: string][]) =>
      `Answers on ${trait} along the doses of ${along}, in nats a token: from ${ends.map(([value, dose], i) => `${value} at ${i === 0 ? 'a dose of ' : ''}${dose}`).join(' to ')}.`,
    one: (trait: string, along: string) =>
      `Answers on ${trait} along the doses of ${along}, in nats a token: at one dose.`,
    chance: (low: string, high: string) => `Directions of chance change it by ${low} to ${high}.`,
    below: 'The tables below hold all numbers.',
  },

  personas: {
    caption: 'Pushed, asked in words, and both',
    instruction: 'Instruction',
    noPush: 'No push',
    push: (dose: string) => `Push of ${dose}`,
    none: 'none',
    against: 'what all is held against',
    legend: (trait: string) => `Changes of d on the items of ${trait}, with 95% intervals.`,
  },

  every: {
    early: 'The study ended early; what was done is kept, and traits may lack items.',
    caption: 'What each direction moves',
    group: 'Every direction on every trait',
    direction: 'Direction',
    legend: (dose: string) =>
      `Change of d, in nats a token, from −${dose} to +${dose} along each direction, on the items of each trait. Framed: the direction’s own trait. Orange: answers of the high side became likelier; blue: less likely. Point at a cell for its 95% interval, which is for that cell alone: of so many, one in twenty misses by chance. Directions were not held against chance here; the study of one direction does that.`,
    cell: (direction: string, trait: string, interval: string) => `${direction} on ${trait}: ${interval}`,
    cells: 'Every cell with its interval',
    everyCell: 'Every cell',
    alike: 'How far the directions are the same',
    cosines: 'Cosines of the directions',
    atLayers: 'Cosines of the directions, each at its layer',
  },

  texts: {
    nothing: 'It was stopped before the texts without a push were written.',
    early: 'The study ended early; the doses that were finished are below.',
    known: (low: string, high: string) =>
      `Measured on more questions beforehand: from ${low} to ${high}. The dials go by that.`,
    group: 'How texts hold together',
    caption: 'Texts under each dose',
    logProb: 'Log-probability',
    repeated: 'Repeated',
    packing: 'Packing',
    holds: 'Holds together',
    legend:
      'Log-probability: of a token, in nats, by the model without a push. Repeated: share of runs of three tokens that stand in the text before. Packing: how many times smaller the texts become when they are compressed. Texts fall apart where they lose more than 1 nat a token against those without a push, where a fifth more is repeated, or where they pack one and a half times better.',
    summary: 'The texts',
    ofDose: 'Texts of a dose',
    question: 'Question',
    answer: 'Answer',
  },
};
