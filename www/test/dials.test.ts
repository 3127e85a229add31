import { expect, test } from 'vitest';
import {
  beyond,
  cosine,
  type Dial,
  edits,
  mean,
  type Placed,
  placed,
  pushed,
  risky,
  usualLayer,
  without,
} from '../src/page/dials';
import { ownArtefact, shortName } from '../src/page/own-trait';
import type { TraitVectors } from '../src/types';

const at = (trait: string, vector: number[], layer = 20): Placed => ({
  trait,
  layer,
  vector,
  norm: 100,
  mean: 5,
  sd: 10,
});

test('a dial is an edit at its direction, and one at 0 is none', () => {
  const dials: Dial[] = [
    { trait: 'a', dose: -0.2 },
    { trait: 'b', dose: 0 },
    { trait: 'unknown', dose: 0.1 },
  ];
  expect(edits(dials, [at('a', [1, 0]), at('b', [0, 1])])).toEqual([
    { layer: 20, vector: [1, 0], norm: 100, edit: { type: 'add', dose: -0.2 } },
  ]);
});

test('what the pushes add at a layer is taken off a reading', () => {
  const directions = [at('a', [2, 0]), at('b', [1, 1]), at('c', [1, 0], 21)];
  const dials = [
    { trait: 'a', dose: 0.2 },
    { trait: 'b', dose: -0.1 },
    { trait: 'c', dose: 0.4 },
  ];
  // 0.2 times 100, less 0.1 times 100 times the cosine of half a right angle, in deviations of 10; c acts elsewhere.
  const push = pushed(directions[0] as Placed, dials, directions);
  expect(push).toBeCloseTo(2 - Math.SQRT1_2, 12);
  expect(without(push, { projections: [], cosines: [], z: [push, 1 + push] })).toEqual([0, 1]);
  expect(cosine([0, 0], [1, 0])).toBe(0);
  expect(mean([])).toBeNull();
});

test('a direction that was not calibrated is none', () => {
  const neutral = { norm: 9, mean: 1, sd: 2 };
  const vectors: TraitVectors[] = [
    {
      trait: 'a',
      method: 'statements',
      architecture: 'llama',
      model_sha256: null,
      layers: [
        { layer: 1, vector: [1], neutral },
        { layer: 2, vector: [1], neutral: null },
      ],
    },
  ];
  expect(placed(vectors, 'a', 1)).toEqual({ trait: 'a', layer: 1, vector: [1], ...neutral });
  expect(placed(vectors, 'a', 2)).toBeNull();
  expect(placed(vectors, 'b', 1)).toBeNull();
  expect(usualLayer(30)).toBe(20);
});

test('doses that are known to bring out threats are risky, in their own direction alone', () => {
  expect(risky({ trait: 'agreeableness', dose: -0.25 })).toBe(true);
  expect(risky({ trait: 'agreeableness', dose: -0.2 })).toBe(false);
  expect(risky({ trait: 'agreeableness', dose: 0.4 })).toBe(false);
  expect(risky({ trait: 'malice', dose: 0.15 })).toBe(true);
  expect(risky({ trait: 'humour', dose: 0.4 })).toBe(false);
});

test('texts of one’s own become a trait as its directions are made', () => {
  const artefact = ownArtefact({
    name: ' Early Rising! ',
    description: ' d ',
    high: 'a\n\n b \r\nc',
    low: 'x\ny',
  });
  expect(artefact.name).toBe('early-rising');
  expect(artefact.label).toBe('Early Rising!');
  expect(artefact.statements).toEqual({ high: ['a', 'b', 'c'], low: ['x', 'y'] });
  expect(shortName('Ärger & Zorn')).toBe('ärger-zorn');
});

test('a dose lies beyond the range in which texts hold together only where that range is known', () => {
  const usable: [number, number] = [-0.2, 0.4];
  expect([-0.25, -0.2, 0, 0.4, 0.45].map(dose => beyond(dose, usable))).toEqual([
    true,
    false,
    false,
    false,
    true,
  ]);
  expect(beyond(9, null)).toBe(false);
});
