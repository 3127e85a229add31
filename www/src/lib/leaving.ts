import type { Notice } from '../types';

/** What ends work that takes a while, and who hears of it where it goes on elsewhere, such as on the CPU after a lost GPU. */
export interface Leaving {
  signal?: AbortSignal | undefined;
  onNotice?: ((notice: Notice) => void) | undefined;
}
