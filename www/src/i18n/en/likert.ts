/** What the ratings of an inventory come to. Points come as words of the language. */
export const likert = {
  label: (points: number, found: string) => `Scores of the domains of ${points} points: ${found}`,
  filled:
    'Filled: mean answer, each answer weighed by its probability, with its 95% interval over statements; statements against a domain are turned round.',
  circle: (source: string) => `Circle: people’s mean (${source}).`,
  circleBand: (source: string) =>
    `Circle: people’s mean, in a band of one standard deviation to either side, where two of three people are (${source}).`,
  inTable: 'Domains and facets as a table',
  row: (domain: string, value: string, points: number, interval: string) =>
    `${domain}: ${value} of ${points} points, ${interval}`,
  rowPeople: (domain: string, value: string, points: number, interval: string, people: string) =>
    `${domain}: ${value} of ${points} points, ${interval}, people’s mean ${people}`,
  interval: (low: string, high: string) => `95% interval ${low} to ${high}`,
  tooFew: 'too few statements for an interval',
  meanAnswer: 'mean answer',
  peoplesMean: 'people’s mean',
  bars: (readout: string) => `Scores of the domains, ${readout}`,
  radar: (readout: string) => `Radar of the domains, ${readout}`,
  table: {
    label: 'Domains and facets',
    caption: (readout: string, points: number) => `${readout}: points from 1 to ${points}`,
    scale: 'Scale',
    chosen: 'Chosen',
    sd: 'SD',
    mean: 'Mean answer',
    interval: '95% interval',
    people: 'People (SD)',
    statements: 'Statements',
    changes: 'Order changes',
    refusals: 'Refusals',
    tooFew: 'too few',
  },
};
