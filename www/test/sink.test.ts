import { expect, test } from 'vitest';
import { ModelSink, type PartFile } from '../src/worker/sink';

/** A file that holds so many bytes and no more. */
class SmallFile implements PartFile {
  pieces: Uint8Array<ArrayBuffer>[] = [];
  discarded = false;
  constructor(private room: number) {}
  write(chunk: Uint8Array<ArrayBuffer>): void {
    if (chunk.byteLength > this.room) throw new Error('quota exceeded');
    this.room -= chunk.byteLength;
    this.pieces.push(chunk);
  }
  get size(): number {
    return this.pieces.reduce((sum, { byteLength }) => sum + byteLength, 0);
  }
  contents(): Uint8Array<ArrayBuffer>[] {
    return this.pieces;
  }
  reset(): void {
    this.pieces = [];
  }
  async discard(): Promise<void> {
    this.discarded = true;
  }
}

const chunk = (value: number) => new Uint8Array(1000).fill(value);
const text = async (blob: Blob | null) => [
  ...new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0)),
];

test('with room enough everything is in the file', async () => {
  const file = new SmallFile(5000);
  const sink = new ModelSink(file);
  await sink.write(chunk(1));
  await sink.write(chunk(2));
  expect(sink.blob()).toBeNull();
  expect(sink.notice).toBeNull();
  expect(file.pieces).toHaveLength(2);
});

test('when the storage is full, what was written moves to memory and nothing is lost', async () => {
  const file = new SmallFile(2500);
  const sink = new ModelSink(file);
  for (const value of [1, 2, 3, 4]) await sink.write(chunk(value));
  expect(sink.notice).toMatchObject({ code: 'storage.unavailable' });
  expect(sink.notice?.message).toContain('quota exceeded');
  expect(file.discarded).toBe(true);
  expect(await text(sink.blob())).toEqual([1, 2, 3, 4].flatMap(value => [...chunk(value)]));
});

test('without storage everything is in memory, and the reason is said', async () => {
  const sink = new ModelSink(null, 'private window');
  await sink.write(chunk(7));
  expect(sink.notice?.message).toContain('private window');
  expect(await text(sink.blob())).toEqual([...chunk(7)]);
});

test('what it holds can be read again, and thrown away, whether in the file or in memory', async () => {
  for (const part of [new SmallFile(5000), new SmallFile(1500), null]) {
    const sink = new ModelSink(part);
    for (const value of [1, 2]) await sink.write(chunk(value));
    const pieces: Uint8Array[] = [];
    for await (const piece of sink.contents()) pieces.push(piece);
    expect(Buffer.concat(pieces).equals(Buffer.concat([chunk(1), chunk(2)]))).toBe(true);
    expect(sink.size).toBe(2000);
    sink.reset();
    expect(sink.size).toBe(0);
    await sink.write(chunk(3));
    expect(sink.size).toBe(1000);
  }
});
