import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fileUrl, readCatalogue } from '../src/lib/catalogue';

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
  expect(fileUrl(catalogue, entry.file)).toBe('https://example.org/some/where/models/a.gguf');
});

test.each([
  [null],
  [{}],
  [{ models: [] }],
  [{ models: [{ ...entry, bytes: '10' }] }],
  [{ models: [{ ...entry, bytes: 1.5 }] }],
  [{ models: [{ ...entry, sha256: 'abc' }] }],
  [{ models: [{ ...entry, file: '' }] }],
])('%j is refused', value => {
  expect(() => readCatalogue(value, url)).toThrowError(
    expect.objectContaining({ code: 'catalogue.invalid' }),
  );
});
