import { plural } from '../../page/format';

/** Reports of tests: the list of them, and what one of them says. */
export const report = {
  heading: 'Reports',
  reading: (file: string) => `Reading ${file}…`,
  open: 'Open saved results',
  openHint:
    'Drop one or more files that were saved here (.json or .csv), or press to choose them, to read them again or to hold them against each other. They stay until the page is closed.',
  answers: (count: number) => plural(count, 'answer'),
  current: 'the test above',
  aside: 'a test of this page, put aside',
  remove: 'Remove',
  removeOne: (number: number) => `Remove report ${number}`,
  read: 'Read the report',
  print: 'Print this report',
  title: (model: string) => `Test of ${model}`,
  model: 'The model',
  asked: 'What was asked',
  readable: 'Can its answers be read?',
  steady: 'How steady the answers are',
  selfReport: 'Self-report is not behaviour: these are answers to a questionnaire, no more.',
  limits: 'What this does not show',
  cannot: (intro: string) => `${intro} They cannot`,
  gateUnknown: 'The factual questions are not in the table, so that is not known.',
  gateNone: 'No factual question was answered, so nothing shows that they can.',
  answersHow: 'How it answers',
  answersBy: (readout: string) => `How it answers: ${readout}`,
  nothingOffered: 'No trait score is offered: no way of reading its answers is known to work.',
  /** A sentence behind what it is about. */
  about: (what: string, sentence: string) =>
    `${what}: ${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`,
  letters: 'Letters',
  factualLetters: 'Letters of the factual questions',
};
