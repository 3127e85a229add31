import type { LetterPrior, LetterReport, Sensitivity } from '../types';
import { listed, percent, plural } from './format';

/** How far answers hang on the form of the question, in words. */

const LETTERS = ['A', 'B', 'C', 'D'];

const CHANGES: Record<Sensitivity['kind'], string> = {
  template: 'with the template (the form of the question, T1 to T3)',
  order: 'when the answers change places',
  paraphrase: 'when the question is put in other words',
};

/** How often a change of form changes the choice; null where nothing was changed. */
export function changesLine(sensitivities: Sensitivity[]): string | null {
  if (sensitivities.length === 0) return null;
  const changes = sensitivities.map(
    ({ kind, share, compared }) =>
      `${CHANGES[kind]} in ${percent(share)} of ${plural(compared, 'comparison')}`,
  );
  return `Its choice between high and low changes ${listed(changes)}.`;
}

/** Which letters were answered, in a sentence. */
export function histogramLine({ histogram, option_mass }: LetterReport): string {
  const total = histogram.reduce((sum, count) => sum + count, 0);
  const shares = histogram.map((count, i) => `${LETTERS[i]} ${percent(total > 0 ? count / total : 0)}`);
  return `It answered ${listed(shares)} (25% each without a habit); ${percent(option_mass)} of its next-word probability went to these four.`;
}

/** How far each letter is liked as such; null where that is not known. */
export function priorsLine(priors: LetterPrior[]): string | null {
  if (priors.length === 0) return null;
  const shares = priors.map(
    ({ template, prior }) =>
      `${template} ${prior.map((share, i) => `${LETTERS[i]} ${percent(share)}`).join(' ')}`,
  );
  return `Its liking for each letter as such, whatever stands behind it: ${listed(shares)}.`;
}
