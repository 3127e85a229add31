/** What `scripts/one-file.mjs` puts into the page: elements that the browser does not run, each with the name of a file. */

/** The text of a file that stands in the page as it is. */
export function text(name: string): string {
  const block = document.querySelector(`script[data-file="${CSS.escape(name)}"]`);
  if (!block) throw new TypeError(`this page has no ${name} inside`);
  return block.textContent ?? '';
}

/** The bytes of a file that stands in the page compressed, in base64. */
export function unpacked(name: string): ReadableStream<Uint8Array<ArrayBuffer>> {
  const bytes = Uint8Array.from(atob(text(name)), character => character.charCodeAt(0));
  return new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
}
