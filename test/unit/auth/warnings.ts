import { setImmediate } from 'node:timers/promises';

/** Returns the warnings of this process from the start of an action to its end. */
export async function warningsDuring(action: () => Promise<unknown>): Promise<string[]> {
  const warnings: string[] = [];
  const listener = ({ message }: Error) => void warnings.push(message);
  process.on('warning', listener);
  try {
    await action();
    // Node emits a warning in the next tick.
    await setImmediate();
  } finally {
    process.off('warning', listener);
  }
  return warnings;
}
