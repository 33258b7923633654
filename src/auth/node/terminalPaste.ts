import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { pastedAnswer, type PasteFault, pasteFault } from '../pastedAddress.ts';

/** The sign-in whose answer the user pastes. */
interface PasteRequest {
  readonly state: string;
  readonly redirectUri: string;
  /** An abort ends the reading. Standard input is then free for the program. */
  readonly signal: AbortSignal;
}

/** The lines of one paste arrive within this time, in milliseconds. */
const PASTE_MS = 100;

const SENTENCES: Record<PasteFault, string> = {
  incomplete: 'This is not the whole address, with "code=" and "state=". Paste all of it:',
  otherSignIn: 'This address belongs to another sign-in. Open the address above again and agree:',
};

/**
 * Asks for the address that the browser ended on, on standard error, and reads it from standard input.
 * Returns it when the last line, or the last lines together, are the answer to this sign-in. The
 * promise stays pending after an abort and at the end of the input: the callback may still come.
 */
export function readPastedAddress({ state, redirectUri, signal }: PasteRequest): Promise<string> {
  return new Promise((resolve) => {
    tell(
      `After you agree, the browser goes to ${redirectUri}?… If it shows an error there, ` +
        'paste that whole address here and press Enter:',
    );
    const input = createInterface({ input: process.stdin, terminal: false });
    const lines: string[] = [];
    let pause: NodeJS.Timeout | undefined;
    const stop = () => {
      clearTimeout(pause);
      input.close();
    };
    const check = () => {
      const address = answerIn(lines, state);
      if (address !== undefined) {
        stop();
        resolve(address);
        return;
      }
      const fault = pasteFault(lines.at(-1) ?? '', state);
      if (fault) tell(SENTENCES[fault]);
    };
    input.on('line', (line) => {
      lines.push(line);
      clearTimeout(pause);
      pause = setTimeout(check, PASTE_MS);
    });
    signal.addEventListener('abort', stop, { once: true });
  });
}

/**
 * Whether the user can paste: both streams are terminals, and the program does not read the input. A closed
 * readline interface may leave a listener for `data`, but it has paused the input.
 */
export function canPaste(): boolean {
  const { stdin, stderr } = process;
  if (!stdin.isTTY || !stderr.isTTY || !isInForeground()) return false;
  return !stdin.readableFlowing && stdin.listenerCount('readable') === 0;
}

/**
 * Whether a shell runs this process in the foreground of its terminal; true where that is unknown. A
 * process in the background is stopped when it reads what the user types (SIGTTIN).
 */
function isInForeground(): boolean {
  try {
    // proc(5): after the name in parentheses come state, ppid, pgrp, session, tty_nr and tpgid.
    const fields = readFileSync('/proc/self/stat', 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return fields[2] === fields[5];
  } catch {
    return true;
  }
}

/** Returns the answer that the fewest last lines hold together. */
function answerIn(lines: readonly string[], state: string): string | undefined {
  return lines
    .map((_, index) => pastedAnswer(lines.slice(-index - 1).join(''), state))
    .find((address) => address !== undefined);
}

/** Writes a sentence to standard error: standard output belongs to the program. */
export function tell(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
