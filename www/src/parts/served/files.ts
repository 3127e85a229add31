/** Whether the page is one file, which fetches nothing and has inside what comes with it. */
export const alone: boolean = false;

/** One of the files that come with the page, by its address. */
export function fetchFile(address: URL | string, init?: RequestInit): Promise<Response> {
  return fetch(address, init);
}
