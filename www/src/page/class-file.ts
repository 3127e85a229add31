import { sha256 } from '../lib/traitscope';
import { type RunRecord, toJson } from './export';
import { poles } from './wording';

/**
 * The run as JSON without what the user wrote: each text is replaced by a mark that is the same for the same text, and ids and names of
 * own items by numbers in the order of the file. `catalogued` is whether the model is one of the catalogue; the name of another one may be
 * that of a file, and is not told. What is left are numbers, and names of the device and of the project's own models and items.
 */
export async function classJson(run: RunRecord, catalogued: boolean): Promise<string> {
  const document = JSON.parse(toJson(run));
  const { request } = document;
  for (const part of ['system', 'instruction'] as const) {
    if (request[part] !== null) request[part] = await mark(request[part]);
  }
  if (request.frame) {
    request.frame = { choice: await mark(JSON.stringify(request.frame)), open: null };
  }
  // They may name files.
  document.notices = [];
  if (!catalogued) {
    const { sha256: hash, bytes } = document.model;
    const name = await mark(hash ?? `${document.model.name} ${bytes}`);
    document.model = { ...document.model, name, licence: null };
  }
  if (run.bank_sha256 === null) return written(document);
  const ids = new Numbers('item');
  document.items = { ...document.items, name: 'own items', version: '', licence: '' };
  // The same id may stand under several traits.
  const asked = run.request.inventory?.items ?? run.request.items.items;
  document.items.ids = asked.map(item => ids.of(keyOf(item.id, 'domain' in item ? '' : item.personality)));
  if (document.inventory) {
    const { scale } = document.inventory;
    document.inventory = {
      language: 'und',
      stem: '',
      scale: scale.map((_: string, i: number) => String(i + 1)),
    };
  }
  const names = { trait: new Numbers('trait'), domain: new Numbers('domain'), facet: new Numbers('facet') };
  // Factual questions are the project's own.
  eachRecord([document.summary, document.observations, document.ratings], one => {
    const { item, trait } = one;
    if (typeof item === 'string') one.item = ids.of(keyOf(item, trait));
    for (const part of ['trait', 'domain', 'facet'] as const) {
      const name = one[part];
      if (typeof name === 'string' && poles(name) === null) one[part] = names[part].of(name);
    }
  });
  return written(document);
}

const written = (document: unknown) => `${JSON.stringify(document, null, 2)}\n`;

const keyOf = (item: string, trait: unknown) => JSON.stringify([item, trait ?? '']);

/** What stands for a text that is not told. */
async function mark(text: string): Promise<string> {
  return `[not told, ${(await sha256(new Blob([text]))).slice(0, 8)}]`;
}

/** Numbers in the place of names, in the order in which they come. */
class Numbers {
  readonly #what: string;
  readonly #known = new Map<string, string>();

  constructor(what: string) {
    this.#what = what;
  }

  of(name: string): string {
    const known = this.#known.get(name) ?? `${this.#what}-${this.#known.size + 1}`;
    this.#known.set(name, known);
    return known;
  }
}

/** Every record within a value that JSON can hold. */
function eachRecord(value: unknown, change: (record: Record<string, unknown>) => void): void {
  if (Array.isArray(value)) for (const one of value) eachRecord(one, change);
  else if (value !== null && typeof value === 'object') {
    change(value as Record<string, unknown>);
    for (const one of Object.values(value)) eachRecord(one, change);
  }
}
