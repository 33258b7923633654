/**
 * Pieces that make a search slow if they are repeated: they begin what is searched for, and never end
 * it. `bench/redaction.ts` measures each of them.
 */
export const HOSTILE_PIECES = [
  // URLs
  ...['http://', '://a', 'ss://', 'http:', 'http://a ', 'http://a@', 'http://a?', 'http://a/b/'],
  ...['?', 'a?', 'a@', 'h+.-', 'a.b-'],
  // Names of secrets
  ...['code', 'code ', 'code=', 'code:', 'code:"', 'code:"\\', 'code\\', 'code"', "code :'"],
  ...['code%25', 'code %253D', 'state="', 'state%25z', '%25z', '%2', 'access_', 'client_'],
  ...['Bearer', 'Bearer ', 'Basic+', 'Basic%20'],
  // Words that are as long as a token, and almost as long
  ...['x', 'z.', 'f', 'BQ', `${'x'.repeat(39)} `, `${'f'.repeat(31)} `, `${'BQ'.repeat(8)} `],
  // What stands between words
  ...[' ', '\n', ' \n', ')', '"', '\\', '%', '=', ':', '/', '#'],
];

/** Returns a text of about `length` characters. */
export const repeated = (piece: string, length: number): string =>
  piece.repeat(Math.ceil(length / piece.length));
