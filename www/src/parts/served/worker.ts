import workerUrl from '../../worker/worker?worker&url';

/** The worker's script. */
export async function workerScript(): Promise<string> {
  const response = await fetch(new URL(workerUrl, import.meta.url));
  if (response.ok) return response.text();
  throw new Error(`the server answered ${response.status}`);
}
