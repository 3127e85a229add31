import { words } from '../i18n';

/** What a file is to this page, by its name; null where it is of no use to it. */
export function kindOf(name: string): 'items' | 'model' | null {
  if (/\.(jsonl?|csv|tsv|parquet)$/i.test(name)) return 'items';
  return /\.gguf$/i.test(name) ? 'model' : null;
}

/** What the page says to a file that it cannot read. */
export function notRead(name: string): string {
  return words.files.notRead(name);
}

/** What a JSON file of this program calls itself, such as `traitscope-study`; null for every other file. */
export async function formatOf(file: File): Promise<string | null> {
  if (!/\.json$/i.test(file.name)) return null;
  // It stands at the beginning of whatever the program writes.
  const head = await file.slice(0, 4096).text();
  return /"format"\s*:\s*"(traitscope-[\w-]{1,40})"/.exec(head)?.[1] ?? null;
}
