import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { CommandError, EXIT } from './failure.ts';

/** How a question is asked. */
interface Question {
  readonly signal: AbortSignal;
  /** Whether the terminal does not show the answer. */
  readonly isHidden?: boolean;
}

/** Whether a user can answer: standard input and standard error are terminals. */
export function isInteractive(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

/**
 * Asks on standard error, and returns the line that the user types, without blanks around it. Rejects with
 * the signal's reason on an abort.
 * @throws CommandError when the input ends.
 */
export function ask(text: string, { signal, isHidden = false }: Question): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const output = isHidden ? nowhere : process.stderr;
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const terminal = createInterface({ input: process.stdin, output, terminal: true });
    const stop = () => {
      reject(signal.reason as Error);
      terminal.close();
    };
    signal.addEventListener('abort', stop, { once: true });
    // In its raw mode the terminal sends no signal for Ctrl-C. On Windows `kill` would end the process at once.
    terminal.on('SIGINT', () => process.emit('SIGINT'));
    terminal.once('close', () => {
      signal.removeEventListener('abort', stop);
      if (isHidden) process.stderr.write('\n');
      reject(new CommandError('The question was not answered.', EXIT.failure));
    });
    // Only now the terminal does not show what is typed.
    if (isHidden) process.stderr.write(text);
    terminal.question(isHidden ? '' : text, (answer) => {
      resolve(answer.trim());
      terminal.close();
    });
  });
}
