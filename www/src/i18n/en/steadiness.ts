import { plural } from '../../page/format';

/** How far answers hang on the form of the question, and how the letters were used. */
export const steadiness = {
  changes: (kinds: string) => `Its choice between high and low changes ${kinds}.`,
  template: (share: string, compared: number) =>
    `with the template (the form of the question, T1 to T3) in ${share} of ${plural(compared, 'comparison')}`,
  order: (share: string, compared: number) =>
    `when the answers change places in ${share} of ${plural(compared, 'comparison')}`,
  paraphrase: (share: string, compared: number) =>
    `when the question is put in other words in ${share} of ${plural(compared, 'comparison')}`,
  histogram: (shares: string, mass: string) =>
    `It answered ${shares} (25% each without a habit); ${mass} of its next-word probability went to these four.`,
  priors: (shares: string) => `Its liking for each letter as such, whatever stands behind it: ${shares}.`,
  letters: {
    heading: 'Which letter it favoured',
    factual: 'Which letter it favoured in the factual questions',
    words: (shares: string[]) => `Letters answered: ${shares.join(', ')}`,
    times: (share: string, count: number) => `${share} (${plural(count, 'time')})`,
    table: 'The letters as a table',
    columns: { letter: 'Letter', share: 'Share of the answers', count: 'Answers' },
    even: 'Answers change places, so without a habit each letter would be near 25% (dashed).',
    relabelled: (templates: string, count: number) =>
      `${templates} ${count === 1 ? 'has' : 'have'} other labels in the place of A to D; the first is counted with A, and so on.`,
    locked: 'It answers one letter almost always, so its letters say nothing about the answers.',
    mass: (share: string) =>
      `Option mass: ${share} of its next-word probability went to the four letters (or numbers).`,
    noAnswer: 'Below 25% counts as not answering.',
    corrected: (weights: string) => `With that taken out, the weight on the high answers is ${weights}.`,
    correctedOf: (weight: string, trait: string) => `${weight} for ${trait}`,
  },
};
