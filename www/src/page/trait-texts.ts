import { fetchFile } from '#parts/files';
import { fetchTrait } from '../lib/traitscope';
import type { TraitArtefact } from '../types';

/** Where the texts of traits lie. */
const folder = () => new URL('items/traits/', document.baseURI);

/** The texts of a trait that come with the page; null where none do: no server hears the names of others. */
export async function bundledTexts(trait: string, signal: AbortSignal): Promise<TraitArtefact | null> {
  return TRAITSCOPE_TRAITS.includes(trait) ? fetchTrait(trait, folder(), signal) : null;
}

/** Has all of them be there. */
export async function fetchTraitTexts(): Promise<void> {
  await Promise.allSettled(TRAITSCOPE_TRAITS.map(trait => fetchFile(new URL(`${trait}.json`, folder()))));
}
