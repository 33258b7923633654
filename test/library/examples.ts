import { readFileSync } from 'node:fs';

/** An example of the docs that is a program of its own. */
export interface Example {
  /** The heading it stands under. */
  readonly heading: string;
  readonly code: string;
  /** What the comments behind `// →` say it prints. */
  readonly prints: readonly string[];
}

/** The blocks of docs/auth.md that are marked `js run`. */
export function runnableExamples(): Example[] {
  const page = readFileSync(new URL('../../docs/auth.md', import.meta.url), 'utf8');
  const parts = page.matchAll(/^## (?<heading>.+)$|^```js run\n(?<code>[\s\S]*?)^```$/gm);
  let current = '';
  const examples: Example[] = [];
  for (const { groups } of parts) {
    current = groups?.['heading'] ?? current;
    const code = groups?.['code'];
    if (code === undefined) continue;
    const prints = [...code.matchAll(/\/\/ → (.+)$/gm)].map(([, line]) => line ?? '');
    examples.push({ heading: current, code, prints });
  }
  return examples;
}

/**
 * Stands between an example and the library, in a file beside it: the same names, but asking the
 * stand-in instead of Spotify.
 */
export const STAND_IN_MODULE = `
import * as library from 'spotify-sdk/auth';
export * from 'spotify-sdk/auth';
const endpoints = library.endpointsAt(process.env.ACCOUNTS_URL);
export class AuthorizationCode extends library.AuthorizationCode {
  constructor(options) { super({ endpoints, ...options }); }
}
export class ClientCredentials extends library.ClientCredentials {
  constructor(options) { super({ endpoints, ...options }); }
}
`;
