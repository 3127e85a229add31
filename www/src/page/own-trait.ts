import type { TraitArtefact } from '../types';

/** Texts of either side, one a line. */
export interface OwnTrait {
  name: string;
  description: string;
  high: string;
  low: string;
}

/** The name of a trait as it stands in addresses and files: lower case, without spaces. */
export function shortName(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);
}

/** The lines that are not empty. */
export function lines(text: string): string[] {
  return text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '');
}

/** A trait of the user's own, as its directions are made. The core says what is wrong with it. */
export function ownArtefact({ name, description, high, low }: OwnTrait): TraitArtefact {
  return {
    name: shortName(name),
    label: name.trim(),
    version: '',
    licence: '',
    language: '',
    description: description.trim(),
    high: '',
    low: '',
    statements: { high: lines(high), low: lines(low) },
    instructions: [],
    questions: { extract: [], evaluate: [] },
    rubric: '',
  };
}
