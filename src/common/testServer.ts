/**
 * The key under which a window keeps something that belongs to its accounts server, such as a session.
 * Spotify’s keys have no prefix. The keys of a test server begin with its origin.
 * @param testServer Origin of the test server; undefined for Spotify.
 */
export const keyAt = (testServer: string | undefined, key: string): string =>
  testServer === undefined ? key : `${testServer} ${key}`;

/** A name that is too long for a label with the mark; see `accountName`. */
const TOO_LONG = /^(.{45}).+$/su;

/**
 * The label of an account that has this name at the server. The label of a test server’s account ends
 * with “(test server)”, and no label of Spotify’s contains it. VS Code remembers by the label which
 * extensions may use an account, so the label is not translated.
 * @param testServer Origin of the test server; undefined for Spotify.
 */
export const labelAt = (testServer: string | undefined, name: string): string =>
  testServer === undefined
    ? name.replace(/\(+\s*(test\s+server)\s*\)+/gi, '$1')
    : `${name.replace(TOO_LONG, '$1')} (test server)`;
