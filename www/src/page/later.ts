/** When to fetch what nobody waits for yet. */

/** Longest wait for a paint: in a tab that nobody sees there is none. */
const LONGEST = 3000;

/** Once the first view is on the screen. */
export function painted(): Promise<unknown> {
  return new Promise(done => {
    setTimeout(done, LONGEST);
    new PerformanceObserver((list, observer) => {
      if (list.getEntriesByName('first-contentful-paint').length === 0) return;
      observer.disconnect();
      done(null);
    }).observe({ type: 'paint', buffered: true });
  });
}

/** As soon as the page has nothing else to do, or half a second later. */
export function idle(): Promise<unknown> {
  return new Promise(done => {
    // WebKit does not tell.
    if ('requestIdleCallback' in window) requestIdleCallback(done, { timeout: 500 });
    else setTimeout(done, 50);
  });
}
