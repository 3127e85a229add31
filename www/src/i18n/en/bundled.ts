/** What the studies that come with the page say of themselves, by what they say: in English nothing has to be said otherwise. */
export const bundled: Record<string, string> = {};
