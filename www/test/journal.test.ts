import { expect, test } from 'vitest';
import { readsHead, unitsAsked } from '../src/page/asked';
import { ANSWERS, Journal, PLAN, type Step, unitsDone } from '../src/page/journal';

test('a step is done once, over visits too, whatever it came to', async () => {
  const kept: Step[] = [];
  const first = new Journal([], step => kept.push(step));
  expect(await first.once(PLAN, async () => null)).toBeNull();
  expect(first.begun).toBe(false);
  expect(await first.once('chance', async () => [1])).toEqual([1]);
  expect(first.begun).toBe(true);
  const next = new Journal(structuredClone(kept), step => kept.push(step));
  expect(await next.once(PLAN, () => expect.unreachable())).toBeNull();
  expect(await next.once('chance', () => expect.unreachable())).toEqual([1]);
  expect(kept).toHaveLength(2);
});

test('a step that fails is none', async () => {
  const kept: Step[] = [];
  const journal = new Journal([], step => kept.push(step));
  await expect(journal.once(PLAN, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect([kept, journal.steps]).toEqual([[], []]);
});

test('parts go to their own step, and are counted once', () => {
  const kept: Step[] = [];
  const journal = new Journal([], step => kept.push(step));
  journal.parted<number>('layer').onPart?.({ index: 0, units: 4, result: 1 });
  journal.parted<number>(ANSWERS).onPart?.({ index: 1, units: 4, result: 2 });
  journal.parted<number>(ANSWERS).onPart?.({ index: 2, units: 3, result: 3 });
  expect(journal.parted<number>(ANSWERS).former?.map(({ result }) => result)).toEqual([2, 3]);
  expect(unitsDone(kept)).toBe(7);
  expect(unitsDone([...kept, ...kept])).toBe(7);
  expect(unitsDone(kept, 'layer')).toBe(4);
});

test('what is no study of this page is not read, and how much one asks is known once it has its items', () => {
  const head = (asked: unknown) => ({ id: 'a', date: '', asked }) as never;
  expect(readsHead(head({ kind: 'effect', trait: 'x' }))).toBe(true);
  for (const strange of [null, undefined, 5, {}, { kind: 'seance' }, { kind: 'toString' }]) {
    expect(readsHead(head(strange))).toBe(false);
  }
  const left = (parts: Step[]) => ({ head: head({ kind: 'effect' }), parts });
  expect(unitsAsked(left([]))).toBeNull();
  expect(unitsAsked(left([{ step: PLAN, value: { items: { items: [1, 2] } } }]))).toBe(2);
  expect(unitsAsked(left([{ step: PLAN, value: null }]))).toBeNull();
});
