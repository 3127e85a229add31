import { words } from '../i18n';
import { traitName } from './wording';

/**
 * What a bundled study says of itself (names, descriptions, levels), in the language of the page. What is not known, such as the words of
 * one's own study, stays as it was written.
 */
export function bundledText(text: string): string {
  const step = /^(Openness|Conscientiousness|Extraversion|Agreeableness|Neuroticism) (\d)$/.exec(text);
  if (step) return `${traitName(step[1] as string)} ${step[2]}`;
  return Object.hasOwn(words.bundled, text) ? (words.bundled[text] as string) : text;
}
