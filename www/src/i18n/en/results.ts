import { listed, plural } from '../../page/format';

/** What a test came to, on the page. */
export const results = {
  heading: 'Results',
  first: 'The first results come after the factual questions.',
  what: 'Scores for each trait, how sure they are, and whether they can be trusted.',
  give: 'Give a test',
  load: 'Load a model first',
  studies: {
    heading: 'Studies and texts',
    in: (place: string, of: string) => `in ${place} · ${of}`,
    left: (study: string) => `Not finished: ${study}`,
    texts: (traits: string[]) => `Two answers, plain and steered: ${listed(traits)}`,
    missing: {
      steer: (link: unknown): unknown[] => [
        'No study of a push has results yet, and no texts are written: both are begun in ',
        link,
        '.',
      ],
      monitor: (link: unknown): unknown[] => [
        'No study of a meter has results yet, and no texts are read: both are begun in ',
        link,
        '.',
      ],
    },
  },
  readable: 'Can this model’s answers be read?',
  early: (done: number, total: number) =>
    `The test ended early, after ${plural(done, 'item')} of ${total}. What was done is kept.`,
  locked: 'The model answers the same mark whatever is asked, so there is no score.',
  noFacts: 'No statement of fact was rated in this way, so nothing is known about it.',
  rates: (model: string, inventory: string) => `How ${model} rates itself on ${inventory}`,
  answers: (model: string) => `How ${model} answers`,
  soFar: 'So far; it may still change.',
  selfReport: 'Self-report is not behaviour: these are answers to a questionnaire, no more.',
  other: (readout: string) => `${readout}: the other way of reading, which works too`,
  notOffered: (readout: string) => `${readout}: not offered, and why`,
  statementsSkipped: 'So the statements were not asked in this way.',
  askAll: 'Ask them all the same',
  unfinished: (traits: string) => `Not finished, so without a score: ${traits}.`,
  table: 'The same as a table',
  radar: 'Radar of the trait scores',
  scores: (readout: string) => `Trait scores, ${readout}`,
  firstScores: 'The first scores come with the first finished items.',
  unjudged:
    'No trait score is offered: no or too few factual questions were answered, so nothing shows that the answers can be read. The raw numbers are in the saved file.',
  incomplete: 'No trait score is offered: no item is complete. The raw numbers are in the saved file.',
  unreadable:
    'No trait score is offered: with this model, no way of reading the answers beats guessing clearly enough. The raw numbers are in the saved file.',
  noQuestions: 'No factual question was answered in this way, so nothing is known about it.',
  itemsSkipped: 'So the items were not asked in this way, which would have taken longer and shown nothing.',
  rawNumbers: 'Its raw numbers are in the saved file.',
  save: 'Save the results',
  saveTable: 'Save as a table (CSV)',
  print: 'Print the report',
  putAside: 'Put aside to compare',
  files:
    'The results file (JSON) holds everything needed to repeat this test; the table has one row for each answer. What is put aside stays beside the next test.',
};
