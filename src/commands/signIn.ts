import { results } from '../messages/commands.ts';
import { OWN_SCOPES } from '../ownScopes.ts';
import { showMessage } from '../signIn/showMessage.ts';
import type { CommandContext } from './registerCommands.ts';

/** Signs in, with another account where somebody is signed in: Spotify's page then lets them choose. */
export async function signIn({ signIn, log }: CommandContext): Promise<void> {
  // Why it failed has been told, and a cancel is no news.
  const session = await signIn.run({ scopes: OWN_SCOPES }).catch(() => undefined);
  if (!session) return;
  void showMessage('information', results.signedIn(session.account.label), {}, log);
}
