// What the header of a GGUF file says of the model's shape, as `shape` in models/catalog.json has it.
// Only for files that are known to be right: it checks no more than it needs to read on.

/** Bytes of the numbers in the metadata, by their type. */
const NUMBERS = { 0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8 };
const TEXT = 8;
const ARRAY = 9;

/** Reads the shape from the file's first bytes, of which there must be enough, and its length. */
export function shapeOf(header, fileBytes) {
  let at = 0;
  const number = bytes => {
    at += bytes;
    if (bytes === 8) return Number(header.readBigUInt64LE(at - 8));
    return header.readUIntLE(at - bytes, bytes);
  };
  const text = () => {
    const length = number(8);
    at += length;
    return header.toString('utf8', at - length, at);
  };
  const value = type => {
    if (type === TEXT) return text();
    if (type === ARRAY) {
      const [of, length] = [number(4), number(8)];
      return Array.from({ length }, () => value(of));
    }
    return number(NUMBERS[type]);
  };

  if (header.toString('latin1', 0, 4) !== 'GGUF') throw new Error('not a GGUF file');
  at = 8;
  const [tensors, keys] = [number(8), number(8)];
  const metadata = {};
  for (let i = 0; i < keys; i += 1) {
    const name = text();
    metadata[name] = value(number(4));
  }
  const places = [];
  for (let i = 0; i < tensors; i += 1) {
    const name = text();
    const sides = number(4);
    at += 8 * sides + 4;
    places.push({ name, start: number(8) });
  }
  const alignment = metadata['general.alignment'] ?? 32;
  const data = Math.ceil(at / alignment) * alignment;
  // A tensor has the bytes up to the next one, the few that fill up to the alignment counted in.
  places.sort((a, b) => a.start - b.start);
  const sized = places.map(({ name, start }, i) => ({
    name,
    size: (places[i + 1]?.start ?? fileBytes - data) - start,
  }));
  const sizes = sized.map(({ size }) => size);

  const of = name => metadata[`${metadata['general.architecture']}.${name}`];
  const heads = of('attention.head_count');
  return {
    blocks: of('block_count'),
    width: of('embedding_length'),
    hidden: of('feed_forward_length'),
    heads,
    kv_heads: of('attention.head_count_kv') ?? heads,
    head_width: of('attention.key_length') ?? of('embedding_length') / heads,
    vocabulary: metadata['tokenizer.ggml.tokens'].length,
    context: of('context_length'),
    tensor_bytes: sizes.reduce((sum, size) => sum + size, 0),
    largest_tensor_bytes: Math.max(...sizes),
    // The others, with a row a token, can lie in several buffers.
    largest_layer_tensor_bytes: Math.max(
      ...sized.filter(({ name }) => name.startsWith('blk.')).map(({ size }) => size),
    ),
  };
}
