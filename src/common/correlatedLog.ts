import type { Log } from './log.ts';

/** Letters and digits enough to tell apart what runs at the same time. */
const LENGTH = 4;

/** A log for one sign-in or one refresh, whose lines begin with an id of its own. */
export function correlated(log: Log): Log {
  const id = randomId();
  return {
    debug: (message) => log.debug(`[${id}] ${message}`),
    info: (message) => log.info(`[${id}] ${message}`),
    warn: (message) => log.warn(`[${id}] ${message}`),
    error: (message) => log.error(`[${id}] ${String(message)}`),
  };
}

function randomId(): string {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  return random.toString(36).padStart(LENGTH, '0').slice(-LENGTH);
}
