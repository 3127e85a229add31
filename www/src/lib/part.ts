import type { Subject } from './administer';
import { type Connection, connection } from './connection';
import { asError, TraitscopeError } from './errors';

/**
 * Asks, and reckons by a worker what all the rows come to. Where that fails, the error carries the rows that there are by then and what they
 * come to.
 */
export async function measured<
  Rows extends { [Key in keyof Rows]: unknown[] },
  R extends { cancelled: boolean },
>(
  subject: Subject,
  ask: () => Promise<void>,
  rows: () => Rows,
  summed: (worker: Connection, rows: Rows) => Promise<R>,
): Promise<R> {
  try {
    await ask();
    return await summed(subject.first.connection, rows());
  } catch (error) {
    const part = rows();
    const none = Object.values<unknown[]>(part).every(({ length }) => length === 0);
    throw await carrying(error, part, async () =>
      // The model's worker may be what failed.
      none ? null : { ...(await summed(connection(), part)), cancelled: true },
    );
  }
}

/**
 * An error that carries what was measured before it: the rows, and as `result` all that a result has, where its figures can be reckoned. The
 * detail that it had is its `cause`.
 */
export async function carrying<R extends { cancelled: boolean }>(
  error: unknown,
  rows: object,
  result: () => Promise<R | null>,
): Promise<TraitscopeError> {
  const { code, message, detail } = asError(error);
  const part = await result().catch(() => null);
  return new TraitscopeError(code, message, { cause: detail, ...rows, result: part });
}
