/** Whether the page is one file, which fetches nothing and has inside what comes with it. */
export const alone: boolean = false;

const fetched = new Map<string, Response>();

/** One of the files that come with the page, by its address. Each is asked for once, so that later work asks for nothing. */
export async function fetchFile(address: URL | string, init?: RequestInit): Promise<Response> {
  const { href } = new URL(address, globalThis.document?.baseURI);
  const known = fetched.get(href);
  if (known) return known.clone();
  const response = await fetch(href, init);
  if (response.ok) fetched.set(href, response.clone());
  return response;
}
