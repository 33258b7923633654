import { sessionActionStrings } from '../messages/accounts.ts';
import { ACCOUNT_APPS_URL, openPage } from '../common/openPage.ts';
import type { StoredSession } from '../sessions/storedSession.ts';
import { copySessionToken } from './copyAccessToken.ts';
import { refreshSession } from './refreshAccessToken.ts';
import type { CommandContext } from './commandContext.ts';
import { signOutSession } from './signOut.ts';

/** An action that the user can choose for a session. */
export interface SessionAction {
  /** The label of the action and a description of its effect. */
  readonly strings: () => { readonly label: string; readonly detail: string };
  /** The name of a ThemeIcon. */
  readonly icon: string;
  /** Whether the list of accounts stays open while the action runs. */
  readonly keepsList: boolean;
  readonly run: (context: CommandContext, session: StoredSession) => unknown;
}

export const SESSION_ACTIONS: readonly SessionAction[] = [
  { strings: sessionActionStrings.refresh, icon: 'refresh', keepsList: true, run: refreshSession },
  { strings: sessionActionStrings.copy, icon: 'copy', keepsList: false, run: copySessionToken },
  {
    strings: sessionActionStrings.manage,
    icon: 'link-external',
    keepsList: false,
    run: () => openPage(ACCOUNT_APPS_URL),
  },
  {
    strings: sessionActionStrings.signOut,
    icon: 'sign-out',
    keepsList: false,
    run: signOutSession,
  },
];
