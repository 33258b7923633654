/** How many causes are followed: a chain may be long, or lead back to itself. */
const MAX_DEPTH = 8;

/**
 * `error` and its causes as text, one line each. The text may hold secrets: the log redacts it.
 * @param depth Position of `error` in the chain of causes; 0 for the first error.
 */
export function describeError(error: unknown, depth = 0): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? ` (${String(error.code)})` : '';
  const causes = depth < MAX_DEPTH ? causesOf(error) : [];
  const because = causes.map((cause) => `\n  because of ${describeError(cause, depth + 1)}`);
  return `${error.name}: ${error.message}${code}${because.join('')}`;
}

/** The errors that caused `error`: several if Node tried several addresses of a host. */
function causesOf(error: Error): unknown[] {
  if (error instanceof AggregateError) return error.errors;
  return error.cause === undefined ? [] : [error.cause];
}
