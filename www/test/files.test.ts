import { describe, expect, test } from 'vitest';
import { TraitscopeError } from '../src/lib/traitscope';
import { kindOf } from '../src/page/files';
import { leftOut, oneByOne } from '../src/page/several-files';

test('a file belongs where the end of its name says', () => {
  expect(['a.json', 'B.JSONL', 'c.csv', 'd.parquet'].map(kindOf)).toEqual(Array(4).fill('items'));
  expect(['m.gguf', 'M.Q4.GGUF'].map(kindOf)).toEqual(['model', 'model']);
  expect(['a.xlsx', 'a.json.zip', 'json', '', 'a.txt'].map(kindOf)).toEqual([null, null, null, null, null]);
});

describe('files that come together', () => {
  const files = ['a.json', 'b.json', 'c.json'].map(name => new File([], name));

  test('are taken in their order, and one that is refused leaves the others as they are', async () => {
    const taken: string[] = [];
    const take = async ({ name }: File) => {
      if (name === 'b.json') throw new TraitscopeError('report.invalid', 'it is cut off');
      if (name === 'c.json') throw new TraitscopeError('report.size', '“c.json” is too large');
      taken.push(name);
    };
    const said = async (named: boolean) =>
      (await oneByOne(files, named, take)).map(({ code, message }) => [code, message]);
    expect(await said(true)).toEqual([
      ['report.invalid', '“b.json”: it is cut off'],
      ['report.size', '“c.json” is too large'],
    ]);
    expect(await said(false)).toEqual([
      ['report.invalid', 'it is cut off'],
      ['report.size', '“c.json” is too large'],
    ]);
    expect(taken).toEqual(['a.json', 'a.json']);
  });

  test('are named where there is room for one only', () => {
    expect(leftOut([], 'there is one')).toBeNull();
    expect(leftOut(files.slice(0, 1), 'there is one')?.message).toMatch(/^“a.json” was not opened, since/);
    expect(leftOut(files, 'there is one')?.message).toMatch(/^“a.json”, “b.json” and “c.json” were not/);
  });
});
