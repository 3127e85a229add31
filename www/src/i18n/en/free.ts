import { plural } from '../../page/format';

/** Answers in words, and how often they name none of the options. */
export const free = {
  heading: 'How often does it not answer at all?',
  what: 'The model writes its answer to the question with its options, and what it writes is read: a label or the beginning of one of the options counts, everything else is a refusal. Each question is asked as in the test, in every template and order.',
  of: (test: string, model: string) => `The test is “${test}”, given to ${model} in an earlier visit.`,
  writing: 'Writing the answers',
  samples: 'Answers to each question',
  start: 'Have it answer in words',
  again: 'Have it answer again',
  cost: (answers: number, time: string) =>
    `${plural(answers, 'answer')}; on two slow cores ${time}. Two answers or more tell how far it says the same twice.`,
  early: 'It was stopped early; the questions that were finished are counted.',
  wrote: 'What it wrote',
  save: 'Save the answers',
  refused: (count: number, of: number, share: string) =>
    `${plural(count, 'answer')} of ${of} ${count === 1 ? 'names' : 'name'} none of the options: ${share}.`,
  item: {
    table: 'Free answers to items',
    scale: 'Trait',
    score: 'Score of the answers that name one',
    count: 'Items',
    retest: (share: string, pairs: number) =>
      `Asked twice, ${share} of ${plural(pairs, 'item')} come out the same.`,
    retestR: (share: string, pairs: number, r: string) =>
      `Asked twice, ${share} of ${plural(pairs, 'item')} come out the same (r = ${r}).`,
  },
  statement: {
    table: 'Free answers to statements',
    scale: 'Domain',
    score: 'Mean points of the answers that name one',
    count: 'Statements',
    retest: (share: string, pairs: number) =>
      `Asked twice, ${share} of ${plural(pairs, 'statement')} come out the same.`,
    retestR: (share: string, pairs: number, r: string) =>
      `Asked twice, ${share} of ${plural(pairs, 'statement')} come out the same (r = ${r}).`,
  },
  none: 'No option named',
  points: (points: number, of: number) => `${points} of ${of}`,
  interval: (value: string, low: string, high: string) => `${value} (${low} to ${high})`,
  texts: {
    label: 'Written answers',
    item: 'Item',
    form: 'Form',
    written: 'Written',
    read: 'Read as',
    none: 'no option',
    first: (shown: number, all: number) => `The first ${shown}; the saved file has all ${all}.`,
  },
};
