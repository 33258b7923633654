/**
 * A variable of the environment; undefined for an empty one, and where there is no environment, as
 * in a browser.
 */
export function environmentVariable(name: string): string | undefined {
  return typeof process === 'undefined' ? undefined : process.env[name] || undefined;
}
