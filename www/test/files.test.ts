import { expect, test } from 'vitest';
import { kindOf } from '../src/page/files';

test('a file belongs where the end of its name says', () => {
  expect(['a.json', 'B.JSONL', 'c.csv', 'd.parquet'].map(kindOf)).toEqual(Array(4).fill('items'));
  expect(['m.gguf', 'M.Q4.GGUF'].map(kindOf)).toEqual(['model', 'model']);
  expect(['a.xlsx', 'a.json.zip', 'json', '', 'a.txt'].map(kindOf)).toEqual([null, null, null, null, null]);
});
