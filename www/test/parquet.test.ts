import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { jsonOf } from '../src/lib/parquet';

const bytes = readFileSync(new URL('../../tests/reference/items/openness.parquet', import.meta.url));
const read = async (parts: BlobPart[]) =>
  new TextDecoder().decode(await jsonOf(new File(parts, 'openness.parquet')));

test('the rows of a parquet file as JSON, and any other file as it is', async () => {
  const rows = JSON.parse(await read([bytes]));
  expect(rows).toHaveLength(2);
  expect(rows[1]).toMatchObject({
    question: 'A film begins at ten. Do you go?',
    response_low2: 'I never go.',
    idx: 8,
  });
  expect(await read(['[1, 2]'])).toBe('[1, 2]');
  expect(await read([''])).toBe('');
});

test('a damaged parquet file is refused with a code', async () => {
  for (const end of [4, 100, bytes.length - 1]) {
    await expect(read([bytes.subarray(0, end)])).rejects.toMatchObject({ code: 'items.invalid' });
  }
});
