import { expect, test } from 'vitest';
import { kindOf } from '../src/page/files';

test('a file belongs where the end of its name says', () => {
  expect(['a.json', 'B.JSONL', 'm.gguf', 'M.Q4.GGUF'].map(kindOf)).toEqual([
    'items',
    'items',
    'model',
    'model',
  ]);
  expect(['a.csv', 'a.json.zip', 'json', '', 'a.txt'].map(kindOf)).toEqual([null, null, null, null, null]);
});
