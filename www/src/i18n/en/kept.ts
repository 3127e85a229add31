import { listed, plural } from '../../page/format';

const unfinished = (model: string, when: string, asked: number, all: string) =>
  `The test of ${model} begun on ${when} was not finished. Its answers to ${asked} of ${all} are kept in this browser.`;

/** Results, and directions where there are any. */
const both = (results: number, directions: number) =>
  listed([
    ...(results > 0 || directions === 0 ? [plural(results, 'result')] : []),
    ...(directions > 0 ? [plural(directions, 'direction')] : []),
  ]);

/** Results and tests under way that are kept in the browser. */
export const kept = {
  summary: (results: number, directions: number) => `Kept in this browser: ${both(results, directions)}`,
  title: (what: string, model: string, when: string) => `${what}, ${model}, ${when}`,
  source: (model: string, when: string) => `${model} · ${when}`,
  open: 'Open',
  openOf: (title: string) => `Open: ${title}`,
  save: 'Save the file',
  saveOf: (title: string) => `Save the file: ${title}`,
  delete: 'Delete',
  deleteOf: (title: string) => `Delete: ${title}`,
  deleteAll: 'Delete all of them',
  sureOfAll: (results: number, directions: number) => `Delete ${both(results, directions)} for good?`,
  deleted: (title: string) => `Deleted: ${title}.`,
  allDeleted: 'All that was kept is deleted.',
  /** One of the visitor’s own. */
  direction: (trait: string) => `Your own direction: ${trait.toLowerCase()}`,
  undo: 'Undo',
  undoOf: (what: string) => `Undo: ${what}`,
  backUntil: 'It can be had back as long as this page stays open.',
  back: (what: string) => `Kept again: ${what}.`,
  /** What a result is of, as the list of results has it. */
  stopped: (test: string) => `${test}, stopped early`,
  studies: {
    effect: (trait: string) => `Effect of a push: ${trait.toLowerCase()}`,
    specificity: () => 'Pushes along every direction',
    coherence: (trait: string) => `Texts under every dose: ${trait.toLowerCase()}`,
    monitoring: (trait: string) => `Meter and answers: ${trait.toLowerCase()}`,
    difference: (trait: string) => `Texts along a direction: ${trait.toLowerCase()}`,
    answers: () => 'Answers in words',
  },
  unfinishedItems: (model: string, when: string, asked: number, all: number) =>
    unfinished(model, when, asked, plural(all, 'item')),
  unfinishedStatements: (model: string, when: string, asked: number, all: number) =>
    unfinished(model, when, asked, plural(all, 'statement')),
  others: (count: number) =>
    `Older ones are kept too (${count}), and are offered once this one is finished or forgotten.`,
  loadIt: 'Load that model to go on.',
  loadOther: (model: string, loaded: string) =>
    `It can be gone on with once ${model} is loaded; now it is ${loaded}.`,
  goOn: 'Go on with it',
  forget: 'Forget it',
  forgotten: (what: string) => `Forgotten: ${what}.`,
  /** Studies of a push, of a meter and of answers in words. */
  unfinishedStudy: (study: string, model: string, when: string) =>
    `“${study}” with ${model}, begun on ${when}, was not finished.`,
  soFar: {
    items: (done: number, all: number) =>
      `What it asked about ${done} of ${plural(all, 'item')} is kept in this browser.`,
    statements: (done: number, all: number) =>
      `What it asked about ${done} of ${plural(all, 'statement')} is kept in this browser.`,
    prepared: 'How far it had come before its first items is kept in this browser.',
    nothing:
      'Nothing of it was finished; what it was asked for is kept in this browser, so that it can begin again.',
  },
  loadForStudy: 'Load that model for it.',
  beginAgain: 'Begin it again',
  studyOf: (study: string, model: string, begun: string) => `“${study}” with ${model}, begun on ${begun}`,
  testOf: (model: string, begun: string) => `test of ${model}, begun on ${begun}`,
};
