#!/usr/bin/env node
/** The program `spotify-auth`. */
import { CommanderError } from 'commander';
import { EXIT } from './failure.ts';
import { endWithReader, tell, tellFailure } from './output.ts';
import { createProgram } from './program.ts';

/** A second Ctrl-C in this time after the first one comes from the same impatience; in milliseconds. */
const IMPATIENCE_MS = 1000;

endWithReader();
const signal = interruption();
try {
  await createProgram(signal).parseAsync();
} catch (error) {
  if (signal.aborted) process.exitCode = EXIT.interrupted;
  else if (!(error instanceof CommanderError)) {
    process.exitCode = tellFailure(error, process.argv.includes('--debug'));
  } else if (error.exitCode !== 0) process.exitCode = EXIT.usage;
}

/**
 * Returns a signal that aborts on Ctrl-C, and on a request to end. The program then ends by itself, so
 * that a refresh token that is on its way is still stored. A second Ctrl-C ends it at once, unless it comes
 * within a second: then a third one does. A closing terminal may send its signal twice.
 */
function interruption(): AbortSignal {
  const controller = new AbortController();
  const ctrlCs: number[] = [];
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      const isCtrlC = name === 'SIGINT';
      if (isCtrlC) ctrlCs.push(performance.now());
      const [first = 0, second, third] = ctrlCs;
      const isLate = second !== undefined && second - first > IMPATIENCE_MS;
      if (isCtrlC && (isLate || third !== undefined)) process.exit(EXIT.interrupted);
      // After the ^C that the terminal shows.
      if (isCtrlC && process.stderr.isTTY) tell('');
      process.exitCode = EXIT.interrupted;
      controller.abort(new Error('The command was interrupted.'));
    });
  }
  return controller.signal;
}
