/** Whether the page is one file, which fetches nothing and has inside what comes with it. */
export const alone: boolean = false;

/** What a server gave, whole. */
interface Answer {
  status: number;
  type: string;
  bytes: ArrayBuffer;
}

/** What has come or is on its way, by its address. */
const held = new Map<string, Promise<Answer>>();

/** One of the files that come with the page, by its address. Each is asked for once; one that failed is asked for again. */
export async function fetchFile(address: URL | string, signal?: AbortSignal): Promise<Response> {
  const { href } = new URL(address, globalThis.document?.baseURI);
  signal?.throwIfAborted();
  const answer = held.get(href) ?? ask(href);
  const { status, type, bytes } = await (signal ? Promise.race([answer, aborted(signal)]) : answer);
  return new Response(bytes.byteLength > 0 ? bytes : null, { status, headers: { 'content-type': type } });
}

/** Has an address be asked for whole, for all who want it. */
function ask(href: string): Promise<Answer> {
  const answer = fetch(href).then(async response => ({
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    bytes: await response.arrayBuffer(),
  }));
  held.set(href, answer);
  const forget = () => held.delete(href);
  answer.then(({ status }) => (status === 200 ? null : forget()), forget);
  return answer;
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
