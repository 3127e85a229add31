import { listed, plural } from '../../page/format';

const size = (settings: number, items: number, questions: number) =>
  `${plural(settings, 'setting')}, ${plural(items, 'item')} altogether: ${plural(questions, 'question')}`;

/** Studies of many settings: choosing one, and what was carried out or opened. */
export const studySettings = {
  heading: 'How much depends on how one asks?',
  what: 'The same questions again and again: under other personas, in other words, orders or languages. What stays is the model’s own; what moves is due to the asking.',
  open: 'Open saved answers to a study',
  use: 'Use a study of your own, or open saved answers',
  openHint:
    'Drop one or more files (.json) here, or press to choose them. Saved answers are shown at once. Those of one model to the same study are put together, so that several computers can share the work; those of others are held against each other.',
  finished: (name: unknown, finished: number, settings: number): unknown[] => [
    name,
    `: ${finished} of ${plural(settings, 'setting')} finished`,
  ],
  first: 'Preparing the settings',
  unfinished: (study: string, model: string, begun: string, settings: number) =>
    `“${study}” with ${model}, begun on ${begun}, was not finished. Its answers under ${plural(settings, 'setting')} are kept in this browser.`,
  needs: (model: string) => `It can be gone on with once ${model} is loaded.`,
  goOn: 'Go on with it',
  forget: 'Forget it',
  studyOf: (study: string, model: string, begun: string) => `“${study}” with ${model}, begun on ${begun}`,
  study: 'Study',
  yours: (name: string) => `${name} (your file)`,
  settings: (all: string) => `Settings to ask, of ${all}`,
  varied: (factors: { name: string; levels: number }[]) =>
    `Varied: ${listed(factors.map(({ name, levels }) => plural(levels, name)))}.`,
  drawn: 'Which settings are asked is drawn by the seed, so that each level comes equally often.',
  readBy: (readouts: string[]) => `Read by ${listed(readouts)}.`,
  readByAfter: (readouts: string[], questions: number) =>
    `Read by ${listed(readouts)}, after ${plural(questions, 'factual question')}.`,
  counting: 'Counting the questions…',
  size: (settings: number, items: number, questions: number) => `${size(settings, items, questions)}.`,
  sizeAtPace: (settings: number, items: number, questions: number, duration: string) =>
    `${size(settings, items, questions)}, ${duration} at the pace of the last test.`,
  sizeAtGuess: (settings: number, items: number, questions: number, duration: string) =>
    `${size(settings, items, questions)}, at a first guess ${duration}.`,
  allAnswered: 'All of them are answered in the files that were opened: nothing is left to ask.',
  answered: (settings: number) =>
    `${plural(settings, 'setting')} of them ${settings === 1 ? 'is' : 'are'} answered in the files that were opened.`,
  start: 'Carry out the study',
  test: 'Give this test',

  results: {
    heading: (study: string, settings: number, model: string) =>
      `${study}: ${plural(settings, 'setting')} of ${model}`,
    nothing: 'Nothing was asked: no way of reading the answers passes the factual questions.',
    save: 'Save the answers',
    saveTable: 'Save as a table (CSV)',
    print: 'Print the report',
    from: 'Where it is from',
    all: 'Results of this study',
    early: 'The study ended early; the settings that were finished are kept.',
    missing: (settings: number, model: string) =>
      `${plural(settings, 'setting')} of the study ${settings === 1 ? 'has' : 'have'} no answers yet. With ${model} loaded, it can be carried out to its end.`,
    here: 'carried out here',
    settings: (settings: number) => plural(settings, 'setting'),
    above: (name: unknown): unknown[] => [name, ', shown above'],
    show: 'Show',
    showThis: (name: string) => `Show result ${name}`,
    remove: 'Remove',
    removeThis: (name: string) => `Remove result ${name}`,
  },

  comparison: {
    heading: 'Side by side',
    against: 'Held against',
    option: (name: string, when: string) => `${name}, ${when}`,
    not: (name: string, baseline: string, why: string) =>
      `${name} cannot be compared with ${baseline}: ${why}.`,
    nothing: 'no scale is complete under a setting that both have',
    saveTable: 'Save the comparison as a table (CSV)',
    save: 'Save the comparison (JSON)',
    print: 'Print the comparison',
    doubt: (name: string, why: string) => `${name}. ${why}`,
    legend: (unit: string) =>
      `Differences in ${unit}, setting by setting, with the 95% interval over settings. dz: the mean difference in units of its spread between settings. p: sign-flip test, with Holm’s adjustment for all scales of the read-out. The settings are those of this study: the interval says nothing of others.`,
    doubtful: (family: string) => `${family}: not offered, and why`,
    scores: 'Scores side by side',
    means: (unit: string) => `Mean over the settings in ${unit}, with its SD`,
    scale: 'Scale',
    baseline: 'baseline',
    difference: 'Difference',
    settings: 'Settings',
    few: 'too few settings',
    /** What might have been asked instead. */
    others: 'settings',
    less: (name: string, baseline: string) => `${name}, less ${baseline}`,
    paired: (settings: number) => `Over ${plural(settings, 'setting')} that both have complete.`,
    chart: (name: string, baseline: string, family: string) =>
      `Differences: ${name}, less ${baseline}, ${family}`,
    table: 'The differences as a table',
  },
};
