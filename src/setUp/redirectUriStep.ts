import * as vscode from 'vscode';
import type { NeededUri } from '../flows/neededUris.ts';
import { plainText } from '../messages/plainText.ts';
import { redirectUriDetail, setUpStrings } from '../messages/setUp.ts';
import { dashboardButton, type Ending, openDashboard, untilAnswered } from './stepInput.ts';

interface UriItem extends vscode.QuickPickItem {
  /** The redirect URI to copy; undefined for the item “Continue”. */
  readonly needed?: NeededUri;
}

const strings = setUpStrings.redirectUris;

/**
 * Shows the second step: a list of the redirect URIs to register, each of which the user can copy.
 * @param needed The redirect URIs, the most important first.
 * @param signal Closes the step when it is aborted.
 * @throws vscode.CancellationError if the user closes the step.
 */
export async function showRedirectUris(
  needed: readonly NeededUri[],
  signal?: AbortSignal,
): Promise<'back' | 'continue'> {
  const pick = vscode.window.createQuickPick<UriItem>();
  const dashboard = dashboardButton();
  Object.assign(pick, {
    title: strings.title(),
    step: 2,
    totalSteps: 3,
    placeholder: strings.what(),
  });
  pick.buttons = [vscode.QuickInputButtons.Back, dashboard];
  pick.items = itemsOf(needed);
  const listen = ({ answer }: Ending<'back' | 'continue'>) => {
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (chosen?.needed) void copy(pick, chosen.needed);
      else if (chosen) answer('continue');
    });
    pick.onDidTriggerItemButton(({ item }) => {
      pick.activeItems = [item];
      if (item.needed) void copy(pick, item.needed);
    });
    pick.onDidTriggerButton((button) => {
      if (button === dashboard) void openDashboard();
      else answer('back');
    });
  };
  return untilAnswered(pick, listen, signal);
}

function itemsOf(all: readonly NeededUri[]): UriItem[] {
  const uris = all.map((needed, index) => ({
    needed,
    label: plainText(needed.uri),
    detail: redirectUriDetail(needed.flow, index === 0 ? 'needed' : 'optional'),
    buttons: [{ iconPath: new vscode.ThemeIcon('copy'), tooltip: strings.copy(needed.uri) }],
  }));
  return [...uris, { label: strings.goOn(), detail: strings.goOnDetail() }];
}

/** Copies a redirect URI, and shows in its list item that it was copied. Ignores a failure. */
async function copy(pick: vscode.QuickPick<UriItem>, needed: NeededUri): Promise<void> {
  try {
    await vscode.env.clipboard.writeText(needed.uri);
  } catch {
    // The user can still read the redirect URI in the list.
    return;
  }
  const copied = {
    iconPath: new vscode.ThemeIcon('check'),
    detail: redirectUriDetail(needed.flow, 'copied'),
  };
  // The user may have gone on to another item meanwhile.
  const active = pick.activeItems.map((item) => item.needed);
  const items = pick.items.map((item) => (item.needed === needed ? { ...item, ...copied } : item));
  pick.items = items;
  pick.activeItems = items.filter((item) => active.includes(item.needed));
}
