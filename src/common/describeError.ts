/** The longest chain of causes that is described. A chain may be long, or lead back to itself. */
const MAX_DEPTH = 8;

/**
 * Describes `error` and its causes, one line each. The text may contain secrets: the log redacts
 * it.
 * @param depth Position of `error` in the chain of causes; 0 for the first error.
 */
export function describeError(error: unknown, depth = 0): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? ` (${String(error.code)})` : '';
  const causes = depth < MAX_DEPTH ? causesOf(error) : [];
  const because = causes.map((cause) => `\n  because of ${describeError(cause, depth + 1)}`);
  return `${error.name}: ${error.message}${code}${because.join('')}`;
}

/**
 * Returns the errors that caused `error`. They are several if Node tried several addresses of a
 * host.
 */
function causesOf(error: Error): unknown[] {
  if (error instanceof AggregateError) return error.errors;
  return error.cause === undefined ? [] : [error.cause];
}
