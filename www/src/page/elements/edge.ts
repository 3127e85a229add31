/**
 * Keeps the height of what stays in sight at an edge of the window in a property of the document, by which the style has the window scroll
 * further, so that what has the focus does not lie behind it.
 */
export class Edge {
  #property: string;
  #watched: HTMLElement | null = null;
  #sizes = new ResizeObserver(() => this.#measure());

  constructor(property: string) {
    this.#property = property;
  }

  watch(element: HTMLElement | null): void {
    if (element === this.#watched) return;
    this.#sizes.disconnect();
    this.#watched = element;
    if (element) this.#sizes.observe(element);
    this.#measure();
  }

  #measure(): void {
    document.documentElement.style.setProperty(this.#property, `${this.#watched?.offsetHeight ?? 0}px`);
  }
}
