import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Progress } from '../src/types';
import { Throttle } from '../src/worker/throttle';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function started() {
  const seen: number[] = [];
  const throttle = new Throttle((progress: Progress) => seen.push(progress.done));
  return {
    seen,
    throttle,
    report: (done: number, phase = 'a') => throttle.report({ phase, done, total: 100 }),
  };
}

test('the first and the last come at once, the ones between at intervals', () => {
  const { seen, report } = started();
  report(0);
  for (let done = 1; done < 100; done += 1) {
    vi.advanceTimersByTime(10);
    report(done);
  }
  report(100);
  expect(seen[0]).toBe(0);
  expect(seen.at(-1)).toBe(100);
  expect(seen.length).toBeGreaterThan(8);
  expect(seen.length).toBeLessThan(14);
});

test('when nothing more comes, the newest is still told', () => {
  const { seen, report } = started();
  report(0);
  report(1);
  report(2);
  vi.advanceTimersByTime(1000);
  expect(seen).toEqual([0, 2]);
});

test('a new phase is told at once, and nothing after the end', () => {
  const { seen, throttle, report } = started();
  report(0);
  report(5);
  report(1, 'b');
  report(2, 'b');
  throttle.stop();
  vi.advanceTimersByTime(1000);
  expect(seen).toEqual([0, 1]);
});
