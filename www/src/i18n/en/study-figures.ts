import { plural } from '../../page/format';

/** Figures of studies of many settings. Names of read-outs come as they stand within a sentence, unless they stand alone. */
export const studyFigures = {
  units: { points: 'points', percent: '%', nats: 'nats' },
  instrument: (statements: boolean): string => (statements ? 'Statements' : 'Items'),
  family: (statements: boolean, readout: string) => `${statements ? 'Statements' : 'Items'}, ${readout}`,
  /** A read-out beside the name of a scale. */
  readout: (statements: boolean, readout: string) => `${statements ? 'statements, ' : ''}${readout}`,
  locked: (settings: number) =>
    `Under ${plural(settings, 'setting')} the model answers one label whatever is asked: no letters of these are counted.`,
  notPeople:
    'A setting takes the place of a respondent here: the coefficients say how alike the items tell this model’s settings apart, nothing about people.',
  plane: (statements: boolean, readout: string) =>
    `${statements ? 'Statements' : 'Items'}, ${readout}: where the settings lie`,

  ladders: {
    chart: 'Scores along the steps',
    group: 'Steps and scores',
    caption: 'Do the answers follow the words?',
    askedFor: 'Asked for',
    readBy: 'Read by',
    rank: 'Rank r of step and score',
    range: 'First to last step',
    others: 'Of the others, most',
    table: 'Every step as a table',
    everyStep: 'Every step',
    step: 'Step',
    settings: 'Settings',
    median: 'Median score',
  },

  scales: {
    caption: 'Scores over the settings',
    scale: 'Scale',
    items: 'Items',
    mean: 'Mean',
    sd: 'SD',
    range: 'Lowest to highest',
    alpha: 'Alpha',
    splitHalf: 'Split half',
    people: 'Variance, of people’s',
    times: (ratio: string) => `${ratio} times`,
    aboutPeople:
      'The variance over the settings is set against that between people, by an F-test. People’s is of the whole inventory: where a study asks a part of it, theirs would be larger too.',
  },

  validity: {
    group: 'Items against statements',
    caption: (readout: string, settings: number) =>
      `Do items and statements agree? ${readout}, ${plural(settings, 'setting')}`,
    corner: 'Items \\ statements',
    legend: (convergent: string, discriminant: string) =>
      `Convergent ${convergent}: the mean correlation of a trait with itself over the settings. Discriminant ${discriminant}: how much larger that is than its correlations with the others; .40 and more is asked of a test.`,
  },

  levels: {
    caption: 'The mean under each level against the rest',
    group: 'Levels',
    level: 'Level',
    settings: 'Settings',
    legend:
      '* Differs by more than chance (Welch’s test, adjusted for the number of levels after Benjamini and Hochberg, .05).',
    inFile: 'The mean under each level against the rest stands in the saved file.',
  },
};
