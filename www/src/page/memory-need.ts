import type { CatalogueEntry } from '../lib/traitscope';

/** What a model takes while it runs, in bytes; as `crate/core/src/model/memory.rs` reckons it from a file's header. */
export interface Need {
  weights: number;
  /** Keys and values. */
  cache: number;
  /** The rotary table, and activations or, while loading, copies of a tensor: whichever is more. */
  working: number;
  total: number;
  /** The largest single buffer; what has a row a token can lie in several. */
  largest: number;
}

const WORD = 4;
/** Tokens that the cache holds, and those computed in one go. */
const SLOTS = 1024;
const CHUNK = 256;
/** Logits, and those of log-probabilities, that are computed together, in whole rows of which there are at most so many. */
const HEAD = { logits: 16 * 49_152, rows: 16 };
const TARGETS = { logits: 128 * 49_152, rows: 128 };

function together({ logits, rows }: typeof HEAD, vocabulary: number): number {
  return Math.min(rows, Math.max(1, Math.floor(logits / vocabulary))) * vocabulary;
}

/** Architectures whose queries, keys and values are there once more, with their biases or with their heads normed. */
const AGAIN = ['qwen2', 'qwen3', 'gemma3'];
/** Architectures with a second rotary table, for blocks that see only the last tokens. */
const WINDOWED = ['gemma3'];

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
  'largest_layer_tensor_bytes',
] as const;

/** What the catalogue's entry takes; null where it does not say enough to tell. */
export function needOf(entry: CatalogueEntry): Need | null {
  const shape = shapeOf(entry.shape);
  if (!shape) return null;
  const slots = Math.min(SLOTS, shape.context);
  const queries = shape.heads * shape.head_width;
  const values = shape.kv_heads * shape.head_width;
  const layerCache = WORD * slots * values;
  const logits = WORD * together(HEAD, shape.vocabulary);
  const is = (names: string[]) => names.includes(String(entry.architecture));
  const again = is(AGAIN) ? queries + 2 * values : 0;
  const columns = 3 * shape.width + 3 * queries + 2 * values + 3 * shape.hidden + again;
  const streams = 3 * WORD * slots * shape.width;
  const head = 2 * logits + (WORD * together(TARGETS, shape.vocabulary)) / 4;
  const activations = WORD * Math.min(CHUNK, slots) * columns + streams + head;
  const copies = Math.max(2 * shape.largest_tensor_bytes, 4 * shape.largest_layer_tensor_bytes);
  const turns = (is(WINDOWED) ? 2 : 1) * WORD * slots * shape.head_width;
  const weights = shape.tensor_bytes;
  const cache = 2 * shape.blocks * layerCache;
  const working = turns + Math.max(copies, activations);
  return {
    weights,
    cache,
    working,
    total: weights + cache + working,
    largest: Math.max(shape.largest_layer_tensor_bytes, layerCache, logits),
  };
}

function shapeOf(value: unknown): Record<(typeof FIELDS)[number], number> | null {
  if (typeof value !== 'object' || value === null) return null;
  const shape = value as Record<string, unknown>;
  const sound = FIELDS.every(name => Number.isSafeInteger(shape[name]) && (shape[name] as number) > 0);
  return sound ? (shape as Record<(typeof FIELDS)[number], number>) : null;
}
