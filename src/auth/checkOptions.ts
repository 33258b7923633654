import { ConfigurationError } from './errors.ts';

/** Names that other languages and libraries have for options of this one. */
const OTHER_NAMES: Record<string, string> = {
  clientID: 'clientId',
  redirectURI: 'redirectUri',
  redirectUrl: 'redirectUri',
  redirectURL: 'redirectUri',
  scopes: 'scope',
  cache: 'tokenCache',
  cacheHandler: 'tokenCache',
};

/** What the values of options are, where TypeScript does not check a program. */
const KINDS: [RegExp, (value: unknown) => boolean, string][] = [
  [/^scope$/, isScope, 'a string or a list of strings'],
  [
    /^(client(Id|Secret)|redirectUri|refreshToken|path|state|codeVerifier|expectedState)$/,
    isString,
    'a string',
  ],
  [/^tokenCache$/, isCache, 'an object with get and set, such as new FileTokenCache()'],
  [
    /^(fetch|page|authorizationUrlHandler|on(RateLimit|Token|CacheError))$/,
    (value) => typeof value === 'function',
    'a function',
  ],
  [/^paste$/, (value) => value === 'auto' || typeof value === 'boolean', "'auto', true or false"],
];

/**
 * Checks the argument of `name`, which JavaScript does not check.
 * @throws ConfigurationError unless it is an object of options with their names and types here.
 */
export function checkOptions(name: string, options: unknown): void {
  if (options === undefined) return;
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new ConfigurationError(`${name} needs its options as one object, such as { clientId }.`);
  }
  for (const [key, value] of Object.entries(options)) {
    const right = OTHER_NAMES[key] ?? key.replace(/_+([a-z])/gi, (_, c: string) => c.toUpperCase());
    if (right !== key) {
      throw new ConfigurationError(`${name} has no option "${key}". Is "${right}" meant?`);
    }
    // `null` means that there is no secret.
    if (value === undefined || (key === 'clientSecret' && value === null)) continue;
    const [, isRight, kind] = KINDS.find(([keys]) => keys.test(key)) ?? [];
    if (isRight && !isRight(value)) throw new ConfigurationError(`${key} must be ${kind}.`);
  }
}

function isString(value: unknown): boolean {
  return typeof value === 'string';
}

function isScope(value: unknown): boolean {
  return isString(value) || (Array.isArray(value) && value.every(isString));
}

function isCache(value: unknown): boolean {
  const { get, set } = Object(value) as { get?: unknown; set?: unknown };
  return typeof get === 'function' && typeof set === 'function';
}
