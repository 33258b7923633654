import { confirms } from '../messages/confirms.ts';
import { helpQuestion } from '../messages/signIn.ts';
import type { RunningSignIn } from '../signIn/runningSignIns.ts';
import type { CommandContext } from './commandContext.ts';

/**
 * Makes a command that helps with a running sign-in. The links of its progress message pass its id. Without
 * an id, the command helps with the latest sign-in, and asks the user first, because another extension may
 * run the command, too.
 */
export function helpSignIn(help: (signIn: RunningSignIn) => void) {
  return async ({ environment }: CommandContext, passedId?: unknown): Promise<void> => {
    const { running } = environment;
    const isFromLink = typeof passedId === 'string';
    const id = isFromLink ? passedId : running.latest;
    if (!running.find(id)) return;
    if (!isFromLink && !(await confirms(helpQuestion()))) return;
    // The sign-in may have ended while the question was open.
    const signIn = running.find(id);
    if (signIn) help(signIn);
  };
}
