import { sessionActionStrings } from '../messages/accounts.ts';
import { ACCOUNT_APPS_URL, openPage } from '../common/openPage.ts';
import type { StoredSession } from '../sessions/storedSession.ts';
import { copyTokenOf } from './copyAccessToken.ts';
import { refreshSession } from './refreshAccessToken.ts';
import type { CommandContext } from './commandContext.ts';
import { signOutSession } from './signOut.ts';

/** What can be done with a session. */
export interface SessionAction {
  /** Its label, and what comes of it. */
  readonly words: () => { readonly label: string; readonly detail: string };
  /** Name of a ThemeIcon. */
  readonly icon: string;
  /** Whether the list it was chosen from stays, and shows what has changed. */
  readonly keepsList: boolean;
  readonly run: (context: CommandContext, session: StoredSession) => unknown;
}

export const SESSION_ACTIONS: readonly SessionAction[] = [
  { words: sessionActionStrings.refresh, icon: 'refresh', keepsList: true, run: refreshSession },
  { words: sessionActionStrings.copy, icon: 'copy', keepsList: false, run: copyTokenOf },
  {
    words: sessionActionStrings.manage,
    icon: 'link-external',
    keepsList: false,
    run: () => openPage(ACCOUNT_APPS_URL),
  },
  { words: sessionActionStrings.signOut, icon: 'sign-out', keepsList: false, run: signOutSession },
];
