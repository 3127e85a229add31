/** What a file is to this page, by its name; null where it is of no use to it. */
export function kindOf(name: string): 'items' | 'model' | null {
  if (/\.(jsonl?|csv|tsv|parquet)$/i.test(name)) return 'items';
  return /\.gguf$/i.test(name) ? 'model' : null;
}

/** What the page says to a file that it cannot read. */
export function notRead(name: string): string {
  return `“${name}” is of a kind that this page does not read. It reads items from .json, .jsonl, .csv and .parquet files and models from .gguf files.`;
}
