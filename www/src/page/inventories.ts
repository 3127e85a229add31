import { fetchFile } from '#parts/files';
import { language, words } from '../i18n';
import { parseInstrument } from '../lib/traitscope';
import type { LikertInventory } from '../types';
import { PageError } from './page-error';

/** An inventory that comes with the page, and the languages that it is there in. */
export interface Inventories {
  /** Followed by a dot and a language, the id of one that can be fetched. */
  id: string;
  name: string;
  items: number;
  languages: { id: string; name: string }[];
}

/** The inventories that come with the page; none where there are none. */
export async function fetchInventories(): Promise<Inventories[]> {
  const response = await fetchFile(new URL('items/ipip/index.json', document.baseURI)).catch(() => null);
  return response?.ok ? await response.json() : [];
}

/** What a language of an inventory is called in that of the page. */
export function languageName({ id, name }: Inventories['languages'][number]): string {
  return language === 'en' ? name : (new Intl.DisplayNames([language], { type: 'language' }).of(id) ?? name);
}

/** Has all of them be there, in all their languages. */
export async function fetchAllInventories(): Promise<void> {
  const all = await fetchInventories();
  const ids = all.flatMap(({ id, languages }) => languages.map(({ id: language }) => `${id}.${language}`));
  await Promise.allSettled(ids.map(fileOf));
}

function fileOf(id: string): Promise<Response> {
  return fetchFile(new URL(`items/ipip/${id}.json`, document.baseURI));
}

/** One of them, such as `ipip-neo-120.en`. */
export async function fetchInventory(id: string): Promise<LikertInventory> {
  const response = await fileOf(id).catch(() => null);
  if (!response?.ok) {
    throw new PageError('network.failed', words.files.noInventory(id));
  }
  const instrument = await parseInstrument(new File([await response.blob()], `${id}.json`));
  if (instrument.kind === 'likert') return instrument.inventory;
  throw new PageError('items.kind', words.files.noStatements(id));
}
