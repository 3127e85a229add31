import type { Notice } from '../types';
import type { Target } from './download';

/** A file under way in the browser's storage. */
export interface PartFile {
  readonly size: number;
  write(chunk: Uint8Array): void;
  /** Everything written so far, piece by piece. */
  contents(): Iterable<Uint8Array<ArrayBuffer>>;
  /** Makes the file empty. */
  reset(): void;
  /** Closes and removes the file. */
  discard(): Promise<void>;
}

const PIECE = 8 << 20;

/**
 * Writes to the browser's storage for as long as that works, and from then on to memory: a full disk costs the
 * second visit its head start, not the first visit its model.
 */
export class ModelSink implements Target {
  /** Why the model is in memory, where it is. */
  notice: Notice | null = null;
  #part: PartFile | null;
  #blobs: Blob[] = [];
  #pending: Uint8Array<ArrayBuffer>[] = [];
  #pendingBytes = 0;
  /** Bytes in memory. */
  #size = 0;

  constructor(part: PartFile | null, reason = '') {
    this.#part = part;
    if (!part) this.notice = memoryNotice(reason);
  }

  get size(): number {
    return this.#part?.size ?? this.#size;
  }

  async write(chunk: Uint8Array<ArrayBuffer>): Promise<void> {
    if (this.#part) {
      try {
        this.#part.write(chunk);
        return;
      } catch (error) {
        const part = this.#part;
        this.#part = null;
        this.notice = memoryNotice(error instanceof Error ? error.message : String(error));
        for (const piece of part.contents()) this.#keep(piece);
        await part.discard();
      }
    }
    this.#keep(chunk);
  }

  async *contents(): AsyncIterable<Uint8Array> {
    if (this.#part) {
      yield* this.#part.contents();
      return;
    }
    this.#fold();
    for (const blob of this.#blobs) yield new Uint8Array(await blob.arrayBuffer());
  }

  reset(): void {
    this.#part?.reset();
    this.#blobs = [];
    this.#pending = [];
    this.#pendingBytes = 0;
    this.#size = 0;
  }

  /** The whole file where it went to memory, null where it is in storage. */
  blob(): Blob | null {
    if (this.#part) return null;
    this.#fold();
    return new Blob(this.#blobs);
  }

  // Large blobs may be moved to disk by the browser; many small arrays may not.
  #keep(chunk: Uint8Array<ArrayBuffer>): void {
    this.#pending.push(chunk);
    this.#pendingBytes += chunk.byteLength;
    this.#size += chunk.byteLength;
    if (this.#pendingBytes >= PIECE) this.#fold();
  }

  #fold(): void {
    if (this.#pendingBytes > 0) this.#blobs.push(new Blob(this.#pending));
    this.#pending = [];
    this.#pendingBytes = 0;
  }
}

function memoryNotice(reason: string): Notice {
  return {
    code: 'storage.unavailable',
    message:
      'This browser cannot keep the model between visits' +
      `${reason ? ` (${reason})` : ''}, so it stays in memory and is fetched again next time. Free space, or leave private browsing, to have it kept.`,
  };
}
