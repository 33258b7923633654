import type { Log } from './log.ts';

/** The length of an id, in characters. It is enough to distinguish what runs at the same time. */
const ID_LENGTH = 4;

/** A log for one sign-in or one refresh: each line begins with the same random id. */
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
  return random.toString(36).padStart(ID_LENGTH, '0').slice(-ID_LENGTH);
}
