import { fetchFile } from '#parts/files';
import { cancelled, TraitscopeError } from './errors';

/** One model that the project knows: what to fetch and how to tell that it is the right file. */
export interface CatalogueEntry {
  id: string;
  name: string;
  /** Where the file lies, relative to the catalogue. */
  file: string;
  /** The same as an address. */
  address: string;
  bytes: number;
  /** Null where it is not known: the file is then taken as it comes. */
  sha256: string | null;
  licence: string | null;
  /** Everything else the catalogue says, such as the known answers of the self-test, goes to the core as it is. */
  [key: string]: unknown;
}

export interface Catalogue {
  /** The catalogue's own address; files are relative to it. */
  url: string;
  default: string;
  models: CatalogueEntry[];
}

/** Fetches and checks a catalogue. */
export async function fetchCatalogue(url: URL | string, signal?: AbortSignal): Promise<Catalogue> {
  const address = String(url);
  const bytes = await fetchBytes(address, 'the model list', signal);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new TraitscopeError('catalogue.invalid', 'the model list is not valid JSON');
  }
  return readCatalogue(value, address);
}

/** Fetches a small file whole; `what` it is, for people. */
export async function fetchBytes(address: string, what: string, signal?: AbortSignal): Promise<ArrayBuffer> {
  try {
    const response = await fetchFile(address, signal);
    if (response.ok) return await response.arrayBuffer();
    throw new TraitscopeError(
      'network.status',
      `${what} could not be fetched: the server answered ${response.status}`,
    );
  } catch (error) {
    if (error instanceof TraitscopeError) throw error;
    if (signal?.aborted) throw cancelled();
    throw new TraitscopeError('network.failed', `${what} could not be fetched: ${String(error)}`);
  }
}

/** Checks a catalogue's JSON. `url` is its address. */
export function readCatalogue(value: unknown, url: string): Catalogue {
  const invalid = (what: string) =>
    new TraitscopeError('catalogue.invalid', `the model list is wrong: ${what}`);
  const list = isRecord(value) ? value.models : undefined;
  if (!Array.isArray(list) || list.length === 0) throw invalid('it names no models');
  const models = list.map((entry: unknown, index): CatalogueEntry => {
    const where = `model ${index + 1}`;
    if (!isRecord(entry)) throw invalid(`${where} is not an object`);
    const { id, name, file, bytes, licence } = entry;
    const sha256 = entry.sha256 === '' ? null : entry.sha256;
    if (typeof id !== 'string' || id === '') throw invalid(`${where} has no id`);
    if (typeof name !== 'string' || name === '') throw invalid(`${where} has no name`);
    if (typeof file !== 'string' || file === '' || !URL.canParse(file, url)) {
      throw invalid(`${where} has no file`);
    }
    if (typeof bytes !== 'number' || !Number.isSafeInteger(bytes) || bytes <= 0) {
      throw invalid(`${where} has no size in bytes`);
    }
    if (sha256 !== null && (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256))) {
      throw invalid(`${where} has no sha256`);
    }
    const said = { id, name, file, bytes, sha256, licence: typeof licence === 'string' ? licence : null };
    return { ...entry, ...said, address: new URL(file, url).href };
  });
  const first = models[0] as CatalogueEntry;
  const chosen = isRecord(value) && typeof value.default === 'string' ? value.default : first.id;
  return { url, default: models.some(model => model.id === chosen) ? chosen : first.id, models };
}

/** The address of a catalogue's file. */
export function fileUrl(catalogue: Catalogue, file: string): string {
  return new URL(file, catalogue.url).href;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
