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
  contents(): Uint8Array<ArrayBuffer>[] {
    return this.pieces;
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
