import { readFileSync } from 'node:fs';

/** A program of a page of docs/. */
export interface Example {
  /** The heading above it. */
  readonly heading: string;
  readonly language: 'js' | 'ts';
  /** False for a program that needs an editor: it is compiled only. */
  readonly isRunnable: boolean;
  readonly code: string;
  /** The lines it prints, from its comments `// →`. `…` stands for any text. */
  readonly prints: readonly string[];
}

/** Returns the blocks of a page that are marked `js run`, `ts run` or `ts check`. */
export function allExamples(name = 'auth.md'): Example[] {
  const page = readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
  const parts = page.matchAll(
    /^## (?<heading>.+)$|^```(?<language>js|ts) (?<use>run|check)\n(?<code>[\s\S]*?)^```$/gm,
  );
  let heading = '';
  const examples: Example[] = [];
  for (const { groups } of parts) {
    heading = groups?.['heading'] ?? heading;
    const code = groups?.['code'];
    if (code === undefined) continue;
    const language = groups?.['language'] === 'ts' ? 'ts' : 'js';
    const prints = [...code.matchAll(/\/\/ → (.+)$/gm)].map(([, line]) => line ?? '');
    examples.push({ heading, language, isRunnable: groups?.['use'] === 'run', code, prints });
  }
  return examples;
}

/**
 * A module that the examples import instead of the library. It exports the same names, but sends
 * requests to the stand-in.
 */
export const STAND_IN_MODULE = `
import * as library from '@spotify-sdk/js/auth';
export * from '@spotify-sdk/js/auth';
const endpoints = library.endpointsAt(process.env.ACCOUNTS_URL);
export class AuthorizationCode extends library.AuthorizationCode {
  constructor(options) { super({ endpoints, ...options }); }
}
export class ClientCredentials extends library.ClientCredentials {
  constructor(options) { super({ endpoints, ...options }); }
}
`;
