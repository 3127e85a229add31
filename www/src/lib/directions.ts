import type { DataText, DirectionFormat, TraitArtefact, TraitVectors } from '../types';
import { type Catalogue, type CatalogueEntry, fetchBytes, fileUrl } from './catalogue';
import { connection } from './connection';

/** Reads a trait's texts; `contrast.invalid` says what is wrong with them. */
export async function parseTrait(file: Blob): Promise<TraitArtefact> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return connection().call(api => api.parseTrait(bytes));
}

/** Reads a file of directions, GGUF (one trait) or safetensors; `direction.file` says what is wrong with it. */
export async function readDirections(file: Blob, name = 'directions'): Promise<TraitVectors[]> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return connection().call(api => api.readDirections(bytes, file instanceof File ? file.name : name));
}

/** Directions as a file that other programs read too: a GGUF control vector holds one trait, safetensors any number. */
export async function writeDirections(vectors: TraitVectors[], format: DirectionFormat): Promise<Blob> {
  const bytes = await connection().call(api => api.writeDirections(vectors, format));
  return new Blob([new Uint8Array(bytes)], { type: 'application/octet-stream' });
}

/** The directions that a catalogue has for one of its models; none where it has none. */
export async function fetchDirections(
  catalogue: Catalogue,
  entry: CatalogueEntry,
  signal?: AbortSignal,
): Promise<TraitVectors[]> {
  const { directions } = entry;
  if (typeof directions !== 'string') return [];
  const bytes = await fetchBytes(fileUrl(catalogue, directions), 'the directions', signal);
  return readDirections(new Blob([bytes]), directions);
}

/** The texts of a trait that comes with the project, by name; `folder` is where such files lie, with its last slash. */
export async function fetchTrait(
  name: string,
  folder?: URL | string,
  signal?: AbortSignal,
): Promise<TraitArtefact> {
  const here = import.meta.url;
  const file = new URL(`${encodeURIComponent(name)}.json`, folder ?? new URL('items/traits/', here));
  return parseTrait(new Blob([await fetchBytes(file.href, name, signal)]));
}

/** Takes out of each direction what it shares with those before it; `direction.invalid` for one that has nothing of its own. */
export async function orthogonal(vectors: number[][]): Promise<number[][]> {
  return connection().call(api => api.orthogonal(vectors));
}

/** Directions drawn from the normal distribution, of so many values: what a direction is held against first. */
export async function gaussian(width: number, count: number, seed: number): Promise<number[][]> {
  return connection().call(api => api.gaussian(width, count, seed));
}

/** Reads a data set: JSON, lines of JSON, or plain lines with a tab between question and answer; `texts.invalid` says what is wrong. */
export async function parseTexts(file: Blob): Promise<DataText[]> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return connection().call(api => api.parseTexts(bytes));
}
