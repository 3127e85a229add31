import { describe, expect, test } from 'vitest';
import { classesOf, farthest, middle } from '../src/page/class';
import type { Report } from '../src/page/report';

const GATE = [{ readout: 'continuation', passes: true }];

/** A report of one machine with these scores. */
function report(scores: Record<string, number>, change: Record<string, unknown> = {}): Report {
  const rows = Object.entries(scores).map(([trait, score]) => ({ trait, score, readout: 'continuation' }));
  return {
    kind: 'items',
    model: { name: 'M', sha256: 'a' },
    device: { kind: 'cpu' },
    items: { name: 'bank', version: '1', licence: '', sha256: null, size: 2 },
    inventory: null,
    asked: { readouts: ['continuation'], system: null, seed: 1, activations: 'f32', pushes: 0 },
    summary: { scores: rows, gate: GATE },
    ...change,
  } as unknown as Report;
}

describe('a class', () => {
  test('is of at least three machines that were asked the same, whatever the seed', () => {
    const asked = { ...report({}).asked, seed: 9 };
    const three = [report({ A: 10 }), report({ A: 30 }), report({ A: 20 }, { asked })];
    expect(classesOf(three.slice(1))).toEqual([]);
    const [found] = classesOf(three);
    expect(found?.reports.length).toBe(3);
    expect(found?.spreads).toEqual([
      {
        trait: 'A',
        readout: 'continuation',
        scale: [0, 100],
        median: 20,
        on: [10, 20, 30].map(score => expect.objectContaining({ score })),
      },
    ]);
    expect(found && farthest(found)).toBe(20);
    const other = report({ A: 1 }, { asked: { ...report({}).asked, system: 'Be kind.' } });
    expect(classesOf([...three, other]).map(({ reports }) => reports.length)).toEqual([3]);
  });

  test('is alike where file and arithmetic are the same and known', () => {
    const alike = (...changes: Record<string, unknown>[]) =>
      classesOf(changes.map(change => report({ A: 1 }, change)))[0]?.alike;
    expect(alike({}, {}, {})).toBe(true);
    expect(alike({}, {}, { model: { name: 'M', sha256: 'b' } })).toBe(false);
    expect(alike({}, {}, { model: { name: 'M', sha256: null } })).toBe(false);
    expect(alike({}, {}, { asked: { ...report({}).asked, activations: 'int8' } })).toBe(false);
  });

  test('shows no score that is not offered, nor one that too few machines have', () => {
    const failed = {
      summary: { ...report({ A: 5 }).summary, gate: [{ readout: 'continuation', passes: false }] },
    };
    const found = classesOf([report({ A: 1, B: 2 }), report({ A: 2 }), report({ A: 3 }), report({}, failed)]);
    expect(found[0]?.reports.length).toBe(4);
    expect(found[0]?.spreads.map(({ trait, on }) => [trait, on.length])).toEqual([['A', 3]]);
  });

  test('has the middle of its scores', () => {
    expect([middle([1]), middle([1, 2]), middle([1, 5, 9]), middle([1, 2, 4, 9])]).toEqual([1, 1.5, 5, 3]);
  });
});
