import { fetchFile } from '#parts/files';
import { TraitscopeError } from '../lib/traitscope';
import type { ItemBank } from '../types';

/**
 * The item bank that comes with the page. The core has it too (`bundledItems`); from its file the page can tell of the items before the
 * core is there. Error: `network.failed`.
 */
export async function fetchBank(): Promise<ItemBank> {
  const response = await fetchFile(new URL('items/bank.json', document.baseURI)).catch(() => null);
  if (!response?.ok) {
    throw new TraitscopeError(
      'network.failed',
      'the items could not be fetched; look whether the page is still served, then reload it',
    );
  }
  const { name, version, licence, items }: ItemBank = await response.json();
  return { name, version, licence, items };
}
