import { DEFAULT_SCOPES } from '../ownScopes.ts';
import type { CommandContext } from './commandContext.ts';

/** Signs in, with another account where somebody is signed in: Spotify's page then lets them choose. */
export async function signIn({ signIn }: CommandContext): Promise<void> {
  // What came of it has been told.
  await signIn.run({ scopes: DEFAULT_SCOPES }).catch(() => undefined);
}
