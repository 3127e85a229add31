import type { CatalogueEntry } from '../lib/traitscope';

/** What a model takes while it runs, in bytes; as `crate/core/src/model/memory.rs` reckons it from a file's header. */
export interface Need {
  weights: number;
  /** Keys and values. */
  cache: number;
  /** The rotary table, and activations or, while loading, copies of a tensor: whichever is more. */
  working: number;
  total: number;
  /** The largest single buffer. */
  largest: number;
}

const WORD = 4;
/** Tokens that the cache holds, and those computed in one go. */
const SLOTS = 1024;
const CHUNK = 256;
/** Rows of logits, and of log-probabilities, that are computed together. */
const HEAD_ROWS = 16;
const TARGET_ROWS = 128;

const FIELDS = [
  'blocks',
  'width',
  'hidden',
  'heads',
  'kv_heads',
  'head_width',
  'vocabulary',
  'context',
  'tensor_bytes',
  'largest_tensor_bytes',
] as const;

/** What the catalogue's entry takes; null where it does not say enough to tell. */
export function needOf(entry: CatalogueEntry): Need | null {
  const shape = shapeOf(entry.shape);
  if (!shape) return null;
  const slots = Math.min(SLOTS, shape.context);
  const queries = shape.heads * shape.head_width;
  const values = shape.kv_heads * shape.head_width;
  const layerCache = WORD * slots * values;
  const logits = WORD * HEAD_ROWS * shape.vocabulary;
  const columns = 3 * shape.width + 3 * queries + 2 * values + 3 * shape.hidden;
  const streams = 3 * WORD * slots * shape.width;
  const head = 2 * logits + (WORD * TARGET_ROWS * shape.vocabulary) / 4;
  const activations = WORD * Math.min(CHUNK, slots) * columns + streams + head;
  const copies = 3 * shape.largest_tensor_bytes;
  const turns = WORD * slots * shape.head_width;
  const weights = shape.tensor_bytes;
  const cache = 2 * shape.blocks * layerCache;
  const working = turns + Math.max(copies, activations);
  return {
    weights,
    cache,
    working,
    total: weights + cache + working,
    largest: Math.max(shape.largest_tensor_bytes, layerCache, logits),
  };
}

function shapeOf(value: unknown): Record<(typeof FIELDS)[number], number> | null {
  if (typeof value !== 'object' || value === null) return null;
  const shape = value as Record<string, unknown>;
  const sound = FIELDS.every(name => Number.isSafeInteger(shape[name]) && (shape[name] as number) > 0);
  return sound ? (shape as Record<(typeof FIELDS)[number], number>) : null;
}
