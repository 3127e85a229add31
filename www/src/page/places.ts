import { words } from '../i18n';

/** The places of the page. Each has an address: its name as the hash. */
export const PLACES = ['model', 'test', 'steer', 'monitor', 'results', 'about'] as const;
export type Place = (typeof PLACES)[number];

/** The place that the hash of an address names; null where it names none. */
export function placeIn(hash: string): Place | null {
  return PLACES.find(place => hash === `#${place}`) ?? null;
}

/** What is wrong with a hash that is neither a place nor holds settings; null where nothing is. */
export function strangeHash(hash: string): string | null {
  if (hash.length <= 1 || hash.includes('=') || placeIn(hash)) return null;
  return words.places.strange(hash.slice(0, 40));
}
