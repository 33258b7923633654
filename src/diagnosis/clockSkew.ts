/** What of an answer tells the time; times in milliseconds since the epoch. */
export interface TimedAnswer {
  readonly headers: Headers;
  readonly sentAt: number;
  readonly receivedAt: number;
}

/**
 * By how many seconds this computer's clock is at least ahead of the server's, negative for behind;
 * 0 where they may agree, undefined where the server tells no time. A `Date` names the second in
 * which it was written (RFC 9110 section 6.6.1), some time between request and answer.
 */
export function clockSkew({ headers, sentAt, receivedAt }: TimedAnswer): number | undefined {
  const age = Number(headers.get('age') ?? 0) || 0;
  const from = Date.parse(headers.get('date') ?? '') + age * 1000;
  if (Number.isNaN(from)) return undefined;
  const to = from + 1000;
  if (receivedAt < from) return Math.round((receivedAt - from) / 1000);
  return sentAt > to ? Math.round((sentAt - to) / 1000) : 0;
}
