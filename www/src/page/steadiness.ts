import { words } from '../i18n/all';
import type { LetterPrior, LetterReport, Sensitivity } from '../types';
import { listed, percent } from './format';

/** How far answers hang on the form of the question, in words. */

const LETTERS = ['A', 'B', 'C', 'D'];

/** How often a change of form changes the choice; null where nothing was changed. */
export function changesLine(sensitivities: Sensitivity[]): string | null {
  if (sensitivities.length === 0) return null;
  const said = words.steadiness;
  const changes = sensitivities.map(({ kind, share, compared }) => said[kind](percent(share), compared));
  return said.changes(listed(changes));
}

/** Which letters were answered, in a sentence. */
export function histogramLine({ histogram, option_mass }: LetterReport): string {
  const total = histogram.reduce((sum, count) => sum + count, 0);
  const shares = histogram.map((count, i) => `${LETTERS[i]} ${percent(total > 0 ? count / total : 0)}`);
  return words.steadiness.histogram(listed(shares), percent(option_mass));
}

/** How far each letter is liked as such; null where that is not known. */
export function priorsLine(priors: LetterPrior[]): string | null {
  if (priors.length === 0) return null;
  const shares = priors.map(
    ({ template, prior }) =>
      `${template} ${prior.map((share, i) => `${LETTERS[i]} ${percent(share)}`).join(' ')}`,
  );
  return words.steadiness.priors(listed(shares));
}
