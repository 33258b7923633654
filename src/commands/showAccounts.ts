import * as vscode from 'vscode';
import { accountsStrings, sessionPlaceholder } from '../messages/accounts.ts';
import { plainText } from '../messages/plainText.ts';
import type { StoredSession } from '../sessions/storedSession.ts';
import type { CommandContext } from './commandContext.ts';
import { withErrorReport } from './withErrorReport.ts';
import { SESSION_ACTIONS, type SessionAction } from './sessionActions.ts';
import { scopesOf, sessionRow } from './sessionRow.ts';
import { signIn } from './signIn.ts';

/** Opens the list of sessions, with the actions that the user can choose for each. */
export async function showAccounts(context: CommandContext): Promise<void> {
  const sessions = await context.store.list();
  new AccountsList(context).show(sessions);
}

interface Row extends vscode.QuickPickItem {
  /** The session of the row; undefined for the row “Sign In”. */
  readonly session?: StoredSession;
}

interface ActionButton extends vscode.QuickInputButton {
  readonly action: SessionAction;
}

/** The open list of sessions. */
class AccountsList {
  readonly #context: CommandContext;
  readonly #pick = vscode.window.createQuickPick<Row>();
  /** How many actions are running. */
  #running = 0;

  constructor(context: CommandContext) {
    this.#context = context;
    const pick = this.#pick;
    pick.title = accountsStrings.title();
    pick.matchOnDescription = true;
    pick.onDidTriggerButton(() => this.#leaveFor(() => signIn(context)));
    pick.onDidTriggerItemButton(({ item, button }) => {
      if (item.session) this.#run((button as ActionButton).action, item.session);
    });
    pick.onDidAccept(() => {
      const [row] = pick.selectedItems;
      if (row) this.#leaveFor(() => this.#choose(row));
    });
    const update = async () => this.#update(await context.store.list());
    const watching = context.store.watch({ changed: () => void withErrorReport(context, update) });
    pick.onDidHide(() => {
      watching.dispose();
      pick.dispose();
    });
  }

  show(sessions: readonly StoredSession[]): void {
    this.#update(sessions);
    this.#pick.show();
  }

  #update(sessions: readonly StoredSession[]): void {
    const activeId = this.#pick.activeItems[0]?.session?.id;
    const isEmpty = sessions.length === 0;
    const rows = isEmpty ? [signInRow()] : sessions.map(rowWithButtons);
    const tooltip = accountsStrings.signInWithAnother();
    const another = { iconPath: new vscode.ThemeIcon('add'), tooltip };
    this.#pick.placeholder = isEmpty
      ? accountsStrings.notSignedIn()
      : accountsStrings.placeholder();
    this.#pick.buttons = isEmpty ? [] : [another];
    this.#pick.keepScrollPosition = true;
    this.#pick.items = rows;
    const active = rows.find(({ session }) => session && session.id === activeId);
    // VS Code makes the first item active when the items change.
    if (active) this.#pick.activeItems = [active];
  }

  #run(action: SessionAction, session: StoredSession): void {
    if (!action.keepsList) {
      this.#leaveFor(() => action.run(this.#context, session));
      return;
    }
    this.#running++;
    this.#pick.busy = true;
    void withErrorReport(this.#context, () => action.run(this.#context, session)).finally(() => {
      this.#pick.busy = --this.#running > 0;
    });
  }

  #leaveFor(task: () => unknown): void {
    this.#pick.hide();
    void withErrorReport(this.#context, task);
  }

  /** Shows the actions in a second list, because the keyboard does not reach the buttons of a row. */
  async #choose({ session }: Row): Promise<unknown> {
    if (!session) return signIn(this.#context);
    const items = SESSION_ACTIONS.map((action) => ({
      ...action.strings(),
      iconPath: new vscode.ThemeIcon(action.icon),
      action,
    }));
    const title = plainText(session.account.label);
    const placeHolder = sessionPlaceholder(scopesOf([session]), session.client.id);
    const chosen = await vscode.window.showQuickPick(items, { title, placeHolder });
    return chosen?.action.run(this.#context, session);
  }
}

function rowWithButtons(session: StoredSession): Row {
  const buttons: ActionButton[] = SESSION_ACTIONS.map((action) => ({
    iconPath: new vscode.ThemeIcon(action.icon),
    tooltip: action.strings().label,
    action,
  }));
  return { ...sessionRow(session), buttons };
}

function signInRow(): Row {
  return { label: accountsStrings.signIn(), iconPath: new vscode.ThemeIcon('sign-in') };
}
