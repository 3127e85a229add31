import type { SessionElement } from './base';

/** A view that moved by more than this part of its height since something began was moved by the user. */
const MOVED = 0.25;

/**
 * Whether the user is still waiting where something was begun, so that the view may follow it: has not scrolled
 * elsewhere meanwhile nor put the focus in another place.
 */
export class Waiting {
  #scrolled = 0;

  /** The page changes its length when something begins, which may move the view, so it is noted after that. */
  begin(): void {
    requestAnimationFrame(() => {
      this.#scrolled = scrollY;
    });
  }

  /** Whether the focus is in one of these steps or nowhere, and the view where it was. */
  still(host: SessionElement, steps: string[]): boolean {
    const focused = (host.getRootNode() as ShadowRoot).activeElement;
    const elsewhere = focused !== null && !steps.includes(focused.localName);
    return !elsewhere && Math.abs(scrollY - this.#scrolled) <= MOVED * innerHeight;
  }
}
