import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fileUrl, readCatalogue } from '../src/lib/catalogue';
import { needOf } from '../src/page/memory-need';

const url = 'https://example.org/some/where/models/catalog.json';
const entry = { id: 'a', name: 'A', file: 'a.gguf', bytes: 10, sha256: '0'.repeat(64) };

test('the project’s own catalogue is one', () => {
  const text = readFileSync(new URL('../../models/catalog.json', import.meta.url), 'utf8');
  const catalogue = readCatalogue(JSON.parse(text), url);
  expect(catalogue.models.map(model => model.id)).toContain(catalogue.default);
});

test('files lie beside the catalogue, and what else it says is kept', () => {
  const catalogue = readCatalogue({ default: 'x', models: [{ ...entry, golden: [1, 2] }] }, url);
  expect(catalogue.default).toBe('a');
  expect(catalogue.models[0]?.golden).toEqual([1, 2]);
  expect(catalogue.models[0]?.address).toBe('https://example.org/some/where/models/a.gguf');
  expect(fileUrl(catalogue, entry.file)).toBe('https://example.org/some/where/models/a.gguf');
});

test('a checksum that is empty is unknown, and a file elsewhere is where it says', () => {
  const file = 'https://other.example/a.gguf';
  const { models } = readCatalogue({ models: [{ ...entry, file, sha256: '' }] }, url);
  expect(models[0]).toMatchObject({ sha256: null, address: file });
});

test('each model of the project’s own catalogue says what its card shows', () => {
  const text = readFileSync(new URL('../../models/catalog.json', import.meta.url), 'utf8');
  const { models } = readCatalogue(JSON.parse(text), url);
  for (const model of models) {
    expect(needOf(model), model.id).not.toBeNull();
    expect(model.licence, model.id).not.toBeNull();
    expect(new URL(String(model.licence_url)).protocol, model.id).toBe('https:');
    expect(new URL(String(model.source)).protocol, model.id).toBe('https:');
    const { tensor_bytes: weights } = model.shape as Record<string, number>;
    expect(weights, model.id).toBeLessThanOrEqual(model.bytes);
    expect(weights, model.id).toBeGreaterThan(0.9 * model.bytes);
  }
  expect(new Set(models.map(({ id }) => id)).size).toBe(models.length);
  expect(new Set(models.map(({ sha256 }) => sha256)).size).toBe(models.length);
});

test.each([
  [null],
  [{}],
  [{ models: [] }],
  [{ models: [{ ...entry, bytes: '10' }] }],
  [{ models: [{ ...entry, bytes: 1.5 }] }],
  [{ models: [{ ...entry, sha256: 'abc' }] }],
  [{ models: [{ ...entry, file: '' }] }],
  [{ models: [{ ...entry, file: 'https://' }] }],
])('%j is refused', value => {
  expect(() => readCatalogue(value, url)).toThrowError(
    expect.objectContaining({ code: 'catalogue.invalid' }),
  );
});
