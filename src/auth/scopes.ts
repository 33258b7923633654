/**
 * Returns the scopes in their order, without duplicates and empty ones. A string is split at spaces
 * and commas, an item of a list at spaces.
 */
export function normalizeScopes(scope: string | readonly string[] = []): string[] {
  const items = typeof scope === 'string' ? scope.split(',') : scope;
  const parts = items.flatMap((item) => item.split(/\s+/));
  return [...new Set(parts.filter((part) => part !== ''))];
}
