import { fetchFile } from '#parts/files';
import { words } from '../i18n';
import { parseItems } from '../lib/traitscope';
import type { DirectionEffects, Item, ItemBank, Persona, PlacedEffect, TraitArtefact } from '../types';
import { PageError } from './page-error';
import { traitsOf } from './selection';
import type { Session } from './session';
import type { Extent } from './study';

/** Items of each trait beside the one that is studied. */
const ITEMS_BESIDE = 3;

export function sameTrait(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

/** What a direction does to the items of its own trait, where there are any. */
export function ownEffect({ trait, effects }: DirectionEffects): PlacedEffect | null {
  return effects.find(({ change }) => sameTrait(change.trait, trait)) ?? null;
}

/** The items that were written for studies of steering, as they are fetched; null where they cannot be. */
export function fetchMore(): Promise<Response | null> {
  return fetchFile(new URL('items/steering.json', document.baseURI)).catch(() => null);
}

/** The bundled items, and those that were written for studies of steering. */
export async function allItems({ items: { bundled } }: Session): Promise<ItemBank> {
  if (!bundled) throw new PageError('items.invalid', words.study.errors.noItemsYet);
  const response = await fetchMore();
  if (!response?.ok) {
    throw new PageError('network.failed', words.study.errors.noMoreItems);
  }
  const more = await parseItems(new File([await response.blob()], 'steering.json'));
  return {
    ...bundled,
    name: `${bundled.name} + ${more.name}`,
    version: `${bundled.version} + ${more.version}`,
    items: [...bundled.items, ...more.items],
  };
}

/** Every other item of each trait, beginning with its first, and the rest. */
export function halves(items: Item[]): [Item[], Item[]] {
  const seen = new Map<string, number>();
  const parts: [Item[], Item[]] = [[], []];
  for (const item of items) {
    const before = seen.get(item.personality) ?? 0;
    seen.set(item.personality, before + 1);
    parts[before % 2 === 0 ? 0 : 1].push(item);
  }
  return parts;
}

/** The items that are kept for studies: the layers of the catalogue were chosen on the others. */
export function secondHalf(items: Item[]): Item[] {
  return halves(items)[1];
}

/** The items of a trait on which a layer may be chosen. */
export function choosingItems(bank: ItemBank, trait: string): ItemBank {
  const [first] = halves(bank.items);
  return { ...bank, items: first.filter(({ personality }) => sameTrait(personality, trait)) };
}

/** At most so many of the kept items of each trait. */
export function someOfEach(bank: ItemBank, most: number): ItemBank {
  const counts = new Map<string, number>();
  const items = secondHalf(bank.items).filter(({ personality }) => {
    const count = (counts.get(personality) ?? 0) + 1;
    counts.set(personality, count);
    return count <= most;
  });
  return { ...bank, items };
}

/** The items of a study of an effect: all of the trait's own, and in full a few of every other trait. */
export function effectItems(bank: ItemBank, trait: string, extent: Extent): ItemBank {
  const held = secondHalf(bank.items);
  const own = traitsOf(held).some(name => sameTrait(name, trait));
  const beside = new Set(extent === 'full' || !own ? someOfEach(bank, ITEMS_BESIDE).items : []);
  const items = held.filter(item => sameTrait(item.personality, trait) || beside.has(item));
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

/** What is asked where a trait has no questions of its own. */
const EVERYDAY = [
  'What would you do with a free afternoon?',
  'A colleague made a mistake that costs you an hour. What do you say?',
  'How should somebody prepare for a job interview?',
  'Tell me about a place that you would like to visit.',
  'My neighbour plays loud music in the evening. What should I do?',
  'What makes a good friend?',
  'Should I change my job or stay where I am?',
  'Describe a typical morning.',
];

/** So many questions of a trait that its direction was not made of. */
export function questionsOf(artefact: TraitArtefact | null, count: number): string[] {
  const own = artefact?.questions.evaluate ?? [];
  return (own.length > 0 ? own : EVERYDAY).slice(0, count);
}
