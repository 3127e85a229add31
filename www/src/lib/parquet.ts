import { asError, TraitscopeError } from './errors';

/** What a parquet file begins and ends with. */
const MAGIC = 'PAR1';

/** Rows of a file that is no larger than the core takes, so that a few bytes cannot stand for more memory than there is. */
const MOST_ROWS = 200_000;

/** The bytes of an item file; of a parquet file, which the core does not read here, its rows as JSON. */
export async function jsonOf(file: File): Promise<Uint8Array> {
  const buffer = await file.arrayBuffer();
  const start = String.fromCharCode(...new Uint8Array(buffer, 0, Math.min(4, buffer.byteLength)));
  if (start !== MAGIC) return new Uint8Array(buffer);
  const { parquetMetadata, parquetReadObjects } = await import('hyparquet');
  try {
    const metadata = parquetMetadata(buffer);
    if (metadata.num_rows > MOST_ROWS) throw new Error(`it has ${metadata.num_rows} rows`);
    const rows = await parquetReadObjects({ file: buffer, metadata });
    // Numbers of 64 bits are no JSON; those of an item's fields are texts anyway.
    const plain = (_: string, value: unknown) => (typeof value === 'bigint' ? Number(value) : value);
    return new TextEncoder().encode(JSON.stringify(rows, plain));
  } catch (error) {
    const { message } = asError(error);
    throw new TraitscopeError('items.invalid', `the parquet file cannot be read: ${message}`);
  }
}
