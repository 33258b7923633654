import { styleText } from 'node:util';
import { asCommandError, causes } from './failure.ts';

/** Writes a line of the result to standard output. */
export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** Tells the user something, on standard error: standard output has the result only. */
export function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Warns on standard error. */
export function warn(text: string): void {
  tell(`${coloured('yellow', 'warning:')} ${visible(text)}`);
}

/** Tells a failure: what happened, what to do, and with `debug` the causes. Returns the exit code. */
export function tellFailure(failure: unknown, debug: boolean): number {
  const error = asCommandError(failure);
  // A server may have written a part of it.
  tell(`${coloured('red', 'error:')} ${visible(error.message)}`);
  if (error.advice) tell(error.advice);
  if (debug) for (const line of causes(failure)) tell(`caused by ${visible(line)}`);
  return error.exitCode;
}

/** Removes control and format characters, which could change what a terminal shows. */
export function visible(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

/** Colours a text for standard error if that is a terminal, unless `NO_COLOR` is set (no-color.org). */
export function coloured(style: 'red' | 'yellow' | 'green' | 'bold', text: string): string {
  return styleText(style, text, { stream: process.stderr });
}

/**
 * Ends the program without a message when the reader of its output ends first, as `head` does. Goes on
 * when its terminal is closed (EIO): a refresh token may be on its way. A stream fails with other errors
 * as before.
 */
export function endWithReader(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EIO') return;
      if (error.code === 'EPIPE') process.exit();
      throw error;
    });
  }
}
