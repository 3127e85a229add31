import { fetchFile } from '#parts/files';
import { words } from '../i18n';
import type { ItemBank } from '../types';
import { PageError } from './page-error';

/**
 * The item bank that comes with the page. The core has it too (`bundledItems`); from its file the page can tell of the items before the
 * core is there. Error: `network.failed`.
 */
export async function fetchBank(): Promise<ItemBank> {
  const response = await fetchFile(new URL('items/bank.json', document.baseURI)).catch(() => null);
  if (!response?.ok) {
    throw new PageError('network.failed', words.files.noItems);
  }
  const { name, version, licence, items }: ItemBank = await response.json();
  return { name, version, licence, items };
}
