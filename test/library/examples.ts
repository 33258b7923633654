import { allPages, codeBlocks } from './codeBlocks.ts';

/** A program of a page of docs/. */
export interface Example {
  /** Its page and line. */
  readonly place: string;
  readonly language: 'js' | 'ts';
  /** False for a program that needs an editor: it is compiled only. */
  readonly isRunnable: boolean;
  readonly isCommonJs: boolean;
  readonly code: string;
  /** The lines it prints, from its comments `// →`. `…` stands for any text. */
  readonly prints: readonly string[];
}

/** The pages of the library, in the order in which they are read. */
export const libraryPages = allPages().filter((page) => /^docs\/(auth\.md|recipes\/)/.test(page));

/** Returns the blocks of pages that are marked `run`, or `ts check`. */
export function allExamples(pages: readonly string[] = libraryPages): Example[] {
  const blocks = pages.flatMap(codeBlocks);
  const examples = blocks.filter(({ words }) => words.includes('run') || words.includes('check'));
  return examples.map(({ page, line, language, words, code }) => ({
    place: `${page}, line ${line}`,
    language: language === 'ts' ? 'ts' : 'js',
    isRunnable: words.includes('run'),
    isCommonJs: words.includes('commonjs'),
    code,
    prints: [...code.matchAll(/\/\/ → (.+)$/gm)].map(([, line]) => line ?? ''),
  }));
}

/**
 * A module that the examples import instead of the library. It exports the same names, but sends
 * requests to the stand-in, also those of `createFetch`, which knows no other host than Spotify's.
 */
export const STAND_IN_MODULE = `
import * as library from '@spotify-sdk/js/auth';
export * from '@spotify-sdk/js/auth';
const endpoints = library.endpointsAt(process.env.ACCOUNTS_URL);
const send = globalThis.fetch;
globalThis.fetch = (url, init) =>
  send(typeof url === 'string' ? url.replace('https://api.spotify.com', process.env.API_URL) : url, init);
export class AuthorizationCode extends library.AuthorizationCode {
  constructor(options) { super({ endpoints, ...options }); }
}
export class ClientCredentials extends library.ClientCredentials {
  constructor(options) { super({ endpoints, ...options }); }
}
`;
