import { expect, test } from 'vitest';
import { type PackedVectors, packed, unpacked } from '../src/page/packed-vectors';

const VECTORS = {
  trait: 'early-rising',
  method: 'statements',
  architecture: 'llama',
  model_sha256: null,
  layers: [
    { layer: 3, vector: [Math.fround(0.1), -2.5], neutral: { norm: 10, mean: 0.25, sd: 1 } },
    { layer: 30, vector: [1, Math.fround(1e-20)], neutral: null },
  ],
};

test('directions are what they were once they were kept', () => {
  const kept = structuredClone(packed(VECTORS));
  expect(kept.layers[0]?.vector.byteLength).toBe(8);
  expect(unpacked(kept, { layers: 30 })).toEqual(VECTORS);
  expect(unpacked(kept, null)).toEqual(VECTORS);
});

test('what is no direction, or is not of the model, is none', () => {
  const kept = packed(VECTORS);
  const strange = [
    null,
    {},
    { ...kept, trait: 5 },
    { ...kept, layers: [] },
    { ...kept, layers: 'all' },
    { ...kept, layers: [null] },
    { ...kept, layers: [{ layer: 1, vector: [1, 2], neutral: null }] },
    { ...kept, layers: [{ layer: 1.5, vector: new Float32Array(2), neutral: null }] },
    { ...kept, layers: [{ layer: 1, vector: new Float32Array(0), neutral: null }] },
  ] as unknown as PackedVectors[];
  for (const one of strange) expect(unpacked(one, { layers: 30 })).toBeNull();
  expect(unpacked(kept, { layers: 20 })).toBeNull();
});
