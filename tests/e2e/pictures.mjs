// Pictures of the page, which the tests leave for a person to look at.

import { homedir } from 'node:os';
import { join } from 'node:path';

const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
/** Where they lie. */
export const pictures = process.env.TRAITSCOPE_SHOTS || join(cache, 'traitscope/shots');

/** The file of the picture that these words name. */
export function pictureFile(...words) {
  return join(
    pictures,
    `${words
      .join('-')
      .toLowerCase()
      .replaceAll(/[^a-z\d]+/g, '-')}.png`,
  );
}
