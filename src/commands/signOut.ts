import * as vscode from 'vscode';
import { chooseStrings, signOutQuestion } from '../messages/accounts.ts';
import { results } from '../messages/commands.ts';
import { confirms } from '../messages/confirms.ts';
import { plainText } from '../messages/plainText.ts';
import type { Account, StoredSession } from '../sessions/storedSession.ts';
import { showMessage } from '../messages/showMessage.ts';
import type { CommandContext } from './commandContext.ts';
import { scopesOf, showNotSignedIn } from './sessionRow.ts';

/** VS Code's internal command that its Accounts menu runs to sign out of an account. */
const SIGN_OUT_OF_ACCOUNT = '_signOutOfAccount';

/** Signs out of the only account, or of the account that the user chooses. */
export async function signOut(context: CommandContext): Promise<void> {
  const sessions = await context.store.list();
  const accounts = new Map(sessions.map(({ account }) => [account.id, account]));
  const items = [...accounts.values()].map((account) => ({
    label: plainText(account.label),
    description: scopesOf(sessions.filter((session) => session.account.id === account.id)),
    iconPath: new vscode.ThemeIcon('account'),
    account,
  }));
  const [first, ...others] = items;
  if (!first) {
    showNotSignedIn(context);
    return;
  }
  const options = { title: chooseStrings.signOut() };
  const chosen = others.length > 0 ? await vscode.window.showQuickPick(items, options) : first;
  if (chosen) await signOutAccount(context, chosen.account);
}

/** Signs out of a session. If its account has no other session, signs out of the account. */
export async function signOutSession(
  context: CommandContext,
  { id, account, scopes }: StoredSession,
): Promise<void> {
  const { store, provider, log } = context;
  const others = (await store.list()).filter(
    (other) => other.account.id === account.id && other.id !== id,
  );
  if (others.length === 0) return signOutAccount(context, account);
  if (!(await confirms(signOutQuestion.session(account.label, scopes.join(', '))))) return;
  await provider.removeSession(id);
  void showMessage('information', results.sessionSignedOut(account.label), {}, log);
}

async function signOutAccount(context: CommandContext, account: Account): Promise<void> {
  const { provider, store, log } = context;
  const ofAccount = async () =>
    (await store.list()).filter((session) => session.account.id === account.id);
  // Only this command also makes VS Code forget which extensions may use the account.
  if ((await vscode.commands.getCommands()).includes(SIGN_OUT_OF_ACCOUNT)) {
    const request = { providerId: 'spotify', accountLabel: account.label };
    await vscode.commands.executeCommand(SIGN_OUT_OF_ACCOUNT, request);
  } else if (await confirms(signOutQuestion.account(account.label))) {
    for (const { id } of await ofAccount()) await provider.removeSession(id);
  }
  // VS Code does not tell whether the user has agreed.
  if ((await ofAccount()).length > 0) return;
  void showMessage('information', results.signedOut(account.label), {}, log);
}
