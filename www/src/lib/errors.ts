/** An error as it crosses from the worker. */
export interface PlainError {
  code: string;
  message: string;
  detail?: unknown;
}

/**
 * Every failure of the library. `code` is stable (`gguf.truncated`, `network.status`, `worker.crashed`, ...);
 * `message` is for people and may quote names from a file, so show it as text.
 */
export class TraitscopeError extends Error {
  readonly code: string;
  readonly detail: unknown;

  constructor(code: string, message: string, detail: unknown = null) {
    super(message);
    this.name = 'TraitscopeError';
    this.code = code;
    this.detail = detail;
  }
}

/** Whether a value is an error that carries a code. */
export function isPlainError(value: unknown): value is PlainError {
  if (typeof value !== 'object' || value === null) return false;
  const { code, message } = value as Record<string, unknown>;
  return typeof code === 'string' && typeof message === 'string';
}

/** Any thrown value as a {@link TraitscopeError}; what carries no code gets `fallback`. */
export function asError(value: unknown, fallback = 'worker.failed'): TraitscopeError {
  if (value instanceof TraitscopeError) return value;
  if (isPlainError(value)) return new TraitscopeError(value.code, value.message, value.detail ?? null);
  const message = value instanceof Error ? value.message : String(value);
  return new TraitscopeError(fallback, message);
}

/** The error of everything that the user stopped. */
export function cancelled(): TraitscopeError {
  return new TraitscopeError('run.cancelled', 'stopped on request');
}

/** The error of a download that the user paused. */
export function paused(): TraitscopeError {
  return new TraitscopeError('run.paused', 'paused on request; what was downloaded is kept');
}

/** The error of what a signal stopped: the one it carries, where it carries one of ours. */
export function stopped({ reason }: AbortSignal): TraitscopeError {
  return reason instanceof TraitscopeError ? reason : cancelled();
}
