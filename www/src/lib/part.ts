import { asError, TraitscopeError } from './errors';

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
