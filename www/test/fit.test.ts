import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type CatalogueEntry, readCatalogue } from '../src/lib/catalogue';
import { type Device, fitOf } from '../src/page/fit';
import { needOf } from '../src/page/memory-need';

const text = readFileSync(new URL('../../models/catalog.json', import.meta.url), 'utf8');
const [smol] = readCatalogue(JSON.parse(text), 'https://example.org/catalog.json').models as [CatalogueEntry];
const device: Device = {
  storage: { quota: 10e9, usage: 1e9 },
  gpu: { usable: true, software: false, maxBuffer: 2 ** 31 },
  gigabytes: 8,
};
const shape = smol.shape as Record<string, number>;
const large: CatalogueEntry = {
  ...smol,
  bytes: 5e9,
  shape: { ...shape, tensor_bytes: 4.9e9, largest_tensor_bytes: 3e9, largest_layer_tensor_bytes: 3e9 },
};

test('what the bundled model needs is what the core reckons, and close to what was measured', () => {
  // 30 blocks, keys and values, 1024 tokens, 3 heads of 64, 4 bytes each.
  expect(needOf(smol)).toMatchObject({
    weights: 96_576_768,
    cache: 2 * 30 * 1024 * 192 * 4,
    // Of sixteen rows of logits; the embedding could lie in several.
    largest: 16 * 49_152 * 4,
  });
  const { total = 0 } = needOf(smol) ?? {};
  // With 240 MB of WebAssembly memory, the module's own among them, a test and a text can be had (tests/e2e/model/memory.test.mjs).
  expect(total / 240e6).toBeGreaterThan(0.8);
  expect(total / 240e6).toBeLessThan(1);
});

test('a model that fits', () => {
  const fit = fitOf(smol, device, 'auto', 0);
  expect(fit).toMatchObject({ fits: true, reasons: [] });
  expect(fit.facts.join()).toContain('allows 9.00 GB more here');
});

test('too little storage, and none of it for a file that is here', () => {
  const storage = { quota: 1.2e9, usage: 1.15e9 };
  const fit = fitOf(smol, { ...device, storage }, 'auto', 0);
  expect(fit.fits).toBe(false);
  expect(fit.reasons).toEqual(['it needs 98 MB of storage; this browser allows 50 MB here']);
  expect(fitOf(smol, { ...device, storage }, 'auto', 60e6).fits).toBe(true);
  expect(fitOf(smol, { ...device, storage }, 'auto', smol.bytes).fits).toBe(true);
  const none = fitOf(smol, { ...device, storage: { quota: 1, usage: 2 } }, 'auto', 0);
  expect(none.reasons[0]).toContain('allows none here');
});

test('too much for the CPU may still fit a GPU, and the other way round', () => {
  expect(fitOf(large, device, 'cpu', 0).reasons).toEqual([
    'it needs 16.95 GB of memory; on the CPU a page has 4.29 GB at most',
  ]);
  const roomy = { ...device, gpu: { usable: true, software: false, maxBuffer: 4e9 } as const };
  expect(fitOf(large, roomy, 'auto', 0).fits).toBe(true);
  expect(fitOf(large, device, 'gpu', 0).reasons[0]).toContain('its largest part takes 3.00 GB');
  const small = { ...device, gpu: { usable: true, software: false, maxBuffer: 1e6 } as const };
  expect(fitOf(smol, small, 'auto', 0).fits).toBe(true);
  expect(fitOf(smol, small, 'gpu', 0).fits).toBe(false);
});

test('without a GPU, or with one in name only', () => {
  const none = { ...device, gpu: { usable: false, why: 'WebGPU finds no GPU here' } as const };
  const other = fitOf(smol, none, 'auto', 0);
  expect(other.fits).toBe(true);
  expect(other.facts).toContain('no GPU can be used: WebGPU finds no GPU here');
  expect(fitOf(smol, none, 'gpu', 0).reasons[0]).toContain('WebGPU finds no GPU here');
  const software = { ...device, gpu: { usable: true, software: true, maxBuffer: 2 ** 31 } as const };
  expect(fitOf(large, software, 'auto', 0).fits).toBe(false);
  expect(fitOf(smol, software, 'gpu', 0).fits).toBe(true);
});

test('what is not known is said to be not known', () => {
  const blank: Device = { storage: null, gpu: undefined, gigabytes: null };
  const fit = fitOf(smol, blank, 'gpu', 0);
  expect(fit.fits).toBeNull();
  expect(fit.facts.join()).toContain('does not tell');
  const unknown = { ...smol, shape: { ...shape, heads: 'nine' } } as CatalogueEntry;
  expect(needOf(unknown)).toBeNull();
  expect(fitOf(unknown, device, 'auto', 0).fits).toBeNull();
  // What is known to fail fails, whatever else is unknown.
  expect(fitOf(smol, { ...blank, storage: { quota: 1, usage: 1 } }, 'auto', 0).fits).toBe(false);
});

test('the memory that a browser speaks of is a hint and decides nothing', () => {
  const fit = fitOf(smol, { ...device, gigabytes: 0.25 }, 'auto', 0);
  expect(fit.fits).toBe(true);
  expect(fitOf(smol, { ...device, gigabytes: 0.125 }, 'auto', 0).facts.join()).toContain('may be too little');
});
