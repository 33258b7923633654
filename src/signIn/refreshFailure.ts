import { isInvalidClient } from '../auth/errors.ts';
import type { Client } from '../common/client.ts';
import { tokenFailures } from '../messages/tokenFailures.ts';

/** What an extension is told that asked for a token which cannot be had at the moment. */
export function refreshFailure(
  error: unknown,
  client?: Client,
  other = tokenFailures.noToken,
): Error {
  const unknown =
    client?.source === 'extension'
      ? tokenFailures.unknownMarkedClient
      : tokenFailures.unknownClient;
  const message = isInvalidClient(error) ? unknown() : other();
  return new Error(message.text, { cause: error });
}
