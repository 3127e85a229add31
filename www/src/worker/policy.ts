/** The addresses that the page's policy, which holds in its workers too, has refused to ask for. */
const refused = new Set<string>();

globalThis.addEventListener?.('securitypolicyviolation', event => refused.add(event.blockedURI));

/** The browser tells of a refusal apart from the request that failed by it, sooner or later. */
const LATER = 50;

/** Whether a request that has failed was refused by the policy, of which `fetch` says nothing. */
export async function refusedByPolicy(url: string): Promise<boolean> {
  const { href } = new URL(url);
  if (!refused.has(href)) await new Promise(resolve => setTimeout(resolve, LATER));
  return refused.has(href);
}
