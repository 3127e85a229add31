/** What this page asked a server for: as the browser measured it, in the page and in its workers. */

/** One request. */
export interface RequestMade {
  url: string;
  /** When it began, in milliseconds since 1970. */
  at: number;
  /** Bytes that came, where the browser tells; 0 for what it had already. */
  bytes: number;
}

/** Hears of every request of the page or the worker that this runs in, those from before it included. */
export function observeRequests(listener: (made: RequestMade[]) => void): void {
  const observer = new PerformanceObserver(list =>
    listener(
      (list.getEntries() as PerformanceResourceTiming[])
        // What the page made itself, such as a picture, is asked of no server.
        .filter(({ name }) => /^https?:/.test(name))
        .map(({ name, startTime, transferSize }) => ({
          url: name,
          at: performance.timeOrigin + startTime,
          bytes: transferSize,
        })),
    ),
  );
  observer.observe({ type: 'resource', buffered: true });
}

/** All requests of the page and its workers, in the order in which they began. Tells its listeners with a `change` event. */
class RequestLog extends EventTarget {
  all: RequestMade[] = [];

  add(made: RequestMade[]): void {
    if (made.length === 0) return;
    this.all = [...this.all, ...made].sort((a, b) => a.at - b.at);
    this.dispatchEvent(new Event('change'));
  }
}

export const requests = new RequestLog();
