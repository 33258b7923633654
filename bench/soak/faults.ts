import { readyFaults } from '../../test/spotify/index.ts';
import type { Fault } from '../../test/spotify/index.ts';
import type { Random } from './random.ts';

/** Faults of one request, and how often each is chosen in comparison with the others. */
const KINDS: ReadonlyMap<(random: Random) => Fault, number> = new Map<
  (random: Random) => Fault,
  number
>([
  [() => readyFaults.upstreamConnectError, 3],
  [() => readyFaults.internalServerError, 3],
  [() => readyFaults.serviceUnavailablePage, 2],
  [() => readyFaults.tooManyRequests(1), 2],
  [() => readyFaults.silentTooManyRequests, 2],
  [() => readyFaults.quotaExceeded(), 1],
  [() => readyFaults.falseInvalidGrant, 3],
  [() => ({ reset: true }), 3],
  [() => ({ status: 200, body: '<html></html>' }), 1],
  [(random) => ({ delayMs: random.between(50, 6000) }), 4],
  [(random) => ({ answerDelayMs: random.between(50, 3000) }), 6],
  // After these a rotated refresh token is lost.
  [() => ({ loseAnswer: true }), 1],
  [() => ({ truncate: true }), 1],
  [() => ({ answerDelayMs: 5000 }), 1],
]);

/** Returns a random fault of a token request. */
export function randomFault(random: Random): Fault {
  const kind = random.weighted(KINDS);
  return { ...kind?.(random), on: 'token' };
}
