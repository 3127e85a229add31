import { createHash } from 'node:crypto';
import type { Hasher, Target } from '../src/worker/download';

/** A file in memory that a download fills. */
export class Memory implements Target {
  content: Buffer;
  resets = 0;
  constructor(content: Buffer = Buffer.alloc(0)) {
    this.content = content;
  }
  get size(): number {
    return this.content.length;
  }
  write(chunk: Uint8Array): void {
    this.content = Buffer.concat([this.content, chunk]);
  }
  async *contents(): AsyncIterable<Uint8Array> {
    yield this.content;
  }
  reset(): void {
    this.resets += 1;
    this.content = Buffer.alloc(0);
  }
}

export function nodeHasher(): Hasher {
  const hash = createHash('sha256');
  return { update: bytes => void hash.update(bytes), hex: () => hash.digest('hex') };
}
