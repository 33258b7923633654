import { redactor } from './redaction.ts';

/**
 * Calls a function that the program has passed as an option, and does not wait for it. If it throws, or its
 * promise rejects, the program gets a warning, and the caller goes on.
 * @param name That of the option.
 * @param secrets What the warning must not contain.
 */
export function callProgram<Arguments extends unknown[]>(
  name: string,
  callback: ((...args: Arguments) => unknown) | undefined,
  args: Arguments,
  secrets: readonly string[] = [],
): void {
  new Promise((resolve) => resolve(callback?.(...args))).catch((error: unknown) => {
    warnProgram(`The option ${name} failed. ${redactor(secrets)(String(error))}`);
  });
}

/** Warns the program: by `process.emitWarning`, in a browser on the console. */
export function warnProgram(warning: string): void {
  if (typeof process === 'undefined') console.warn(warning);
  else process.emitWarning(warning);
}
