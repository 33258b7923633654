/** `error` and what caused it, a line each. The errors logged here carry no secret. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? ` (${String(error.code)})` : '';
  const cause = error.cause === undefined ? '' : `\n  because of ${describeError(error.cause)}`;
  return `${error.name}: ${error.message}${code}${cause}`;
}
