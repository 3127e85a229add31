import { parseItems, TraitscopeError } from '../lib/traitscope';
import type { Item, ItemBank, Persona, TraitArtefact } from '../types';
import { traitsOf } from './selection';
import type { Session } from './session';
import type { Extent } from './study';

/** Items of each trait beside the one that is studied. */
const ITEMS_BESIDE = 3;

export function sameTrait(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

/** The bundled items, and those that were written for studies of steering. */
export async function allItems({ bundled }: Session): Promise<ItemBank> {
  if (!bundled) throw new TraitscopeError('items.invalid', 'the items are not there yet');
  const response = await fetch(new URL('items/steering.json', document.baseURI)).catch(() => null);
  if (!response?.ok) {
    throw new TraitscopeError('network.failed', 'the items for studies of steering could not be fetched');
  }
  const more = await parseItems(new File([await response.blob()], 'steering.json'));
  return {
    ...bundled,
    name: `${bundled.name} + ${more.name}`,
    version: `${bundled.version} + ${more.version}`,
    items: [...bundled.items, ...more.items],
  };
}

/** Every other item of each trait, from the second on: the layers of the catalogue were chosen on those before them. */
export function secondHalf(items: Item[]): Item[] {
  const seen = new Map<string, number>();
  return items.filter(({ personality }) => {
    const before = seen.get(personality) ?? 0;
    seen.set(personality, before + 1);
    return before % 2 === 1;
  });
}

/** The items of a study of an effect: all of the trait's own, and in full a few of every other trait. */
export function effectItems(bank: ItemBank, trait: string, extent: Extent): ItemBank {
  const held = secondHalf(bank.items);
  const own = traitsOf(held).some(name => sameTrait(name, trait));
  const counts = new Map<string, number>();
  const items = held.filter(({ personality }) => {
    if (sameTrait(personality, trait)) return true;
    const count = (counts.get(personality) ?? 0) + 1;
    counts.set(personality, count);
    return count <= ITEMS_BESIDE && (extent === 'full' || !own);
  });
  return { ...bank, items };
}

/** The items of a study of a meter: the trait's own; where they are many, every other one unless all are wanted. */
export function meterItems(bank: ItemBank, trait: string, extent: Extent): ItemBank {
  const own = bank.items.filter(({ personality }) => sameTrait(personality, trait));
  return { ...bank, items: extent === 'quick' && own.length > 20 ? secondHalf(own) : own };
}

/** System prompts that ask for the one side of a trait or the other: so many of its pairs of instructions. */
export function personasOf(artefact: TraitArtefact | null, pairs: number): Persona[] {
  return (artefact?.instructions ?? []).slice(0, pairs).flatMap(({ high, low }, i) => [
    { name: `high ${i + 1}`, system: high },
    { name: `low ${i + 1}`, system: low },
  ]);
}
