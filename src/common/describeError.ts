/** A chain that is longer, or leads back to itself, is cut off. */
const DEEPEST = 8;

/** `error` and what caused it, a line each. What is logged of it goes through `redact`. */
export function describeError(error: unknown, depth = 0): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? ` (${String(error.code)})` : '';
  const causes = depth < DEEPEST ? causesOf(error) : [];
  const because = causes.map((cause) => `\n  because of ${describeError(cause, depth + 1)}`);
  return `${error.name}: ${error.message}${code}${because.join('')}`;
}

/** Of an address with several numbers, each has failed in its own way. */
function causesOf(error: Error): unknown[] {
  if (error instanceof AggregateError) return error.errors;
  return error.cause === undefined ? [] : [error.cause];
}
