import { expect, test } from 'vitest';
import { Rate } from '../src/page/rate';

/** A download of `speed` bytes a second, told four times a second from `start` on. */
function run(rate: Rate, speed: number, seconds: number, start = { at: 0, done: 0 }) {
  let { at, done } = start;
  for (let i = 0; i <= seconds * 4; i += 1) {
    rate.add(done, at);
    at += 250;
    done += speed / 4;
  }
  return { at, done };
}

test('a steady download has its speed and its time left', () => {
  const rate = new Rate();
  run(rate, 2e6, 10);
  expect(rate.speed(10_000)).toBeCloseTo(2e6);
  expect(rate.secondsLeft(98e6, 10_000)).toBeCloseTo((98e6 - 20e6) / 2e6);
});

test('nothing is told before there is enough to tell it from', () => {
  const rate = new Rate();
  expect(rate.speed(0)).toBeNull();
  expect(rate.silence(1000)).toBe(0);
  rate.add(0, 0);
  rate.add(1e6, 300);
  expect(rate.speed(400)).toBeNull();
  expect(rate.secondsLeft(98e6, 400)).toBeNull();
});

test('what was there before is not counted into the speed', () => {
  const rate = new Rate();
  run(rate, 1e6, 4, { at: 0, done: 60e6 });
  expect(rate.speed(4000)).toBeCloseTo(1e6);
  expect(rate.secondsLeft(98e6, 4000)).toBeCloseTo(34);
});

test('a change of speed shows within seconds, a jolt does not throw it', () => {
  const rate = new Rate();
  const next = run(rate, 1e6, 20);
  run(rate, 4e6, 8, next);
  expect(rate.speed(next.at + 8000)).toBeCloseTo(4e6, -5);
  const steady = new Rate();
  const after = run(steady, 1e6, 10);
  steady.add(after.done + 500_000, after.at);
  const speed = steady.speed(after.at) ?? 0;
  expect(speed).toBeGreaterThan(1e6);
  expect(speed).toBeLessThan(1.2e6);
});

test('while nothing comes the speed falls and the silence is told', () => {
  const rate = new Rate();
  run(rate, 2e6, 10);
  expect(rate.silence(17_000)).toBeCloseTo(7);
  const soon = rate.speed(11_000) ?? 0;
  const late = rate.speed(20_000) ?? 0;
  expect(late).toBeLessThan(soon / 2);
  // The same count again is no news.
  rate.add(20e6, 18_000);
  expect(rate.silence(19_000)).toBeCloseTo(9);
});

test('a download that begins again is reckoned anew', () => {
  const rate = new Rate();
  run(rate, 5e6, 10);
  run(rate, 1e6, 3, { at: 11_000, done: 0 });
  expect(rate.speed(14_000)).toBeCloseTo(1e6);
});
