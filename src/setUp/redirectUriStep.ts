import * as vscode from 'vscode';
import type { NeededUri } from '../flows/neededUris.ts';
import { plainText } from '../messages/plainText.ts';
import { redirectUriDetail, setUpStrings } from '../messages/setUp.ts';
import { dashboardButton, openDashboard, untilAnswered } from './stepInput.ts';

interface UriItem extends vscode.QuickPickItem {
  /** What is copied; undefined for the item that goes on. */
  readonly needed?: NeededUri;
}

const words = setUpStrings.redirectUris;

/**
 * The second step: the redirect URIs to register, the most needed first, each to be copied.
 * @throws vscode.CancellationError when the person closes it.
 */
export async function showRedirectUris(needed: readonly NeededUri[]): Promise<'back' | 'goOn'> {
  const pick = vscode.window.createQuickPick<UriItem>();
  const dashboard = dashboardButton();
  Object.assign(pick, { title: words.title(), step: 2, totalSteps: 3, placeholder: words.what() });
  pick.buttons = [vscode.QuickInputButtons.Back, dashboard];
  pick.items = itemsOf(needed);
  return untilAnswered(pick, ({ answer }) => {
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (chosen?.needed) void copy(pick, chosen.needed);
      else if (chosen) answer('goOn');
    });
    pick.onDidTriggerItemButton(({ item }) => void (item.needed && copy(pick, item.needed)));
    pick.onDidTriggerButton((button) => {
      if (button === dashboard) void openDashboard();
      else answer('back');
    });
  });
}

function itemsOf(all: readonly NeededUri[]): UriItem[] {
  const uris = all.map((needed, index) => ({
    needed,
    label: plainText(needed.uri),
    detail: redirectUriDetail(needed.flow, index === 0 ? 'needed' : 'optional'),
    buttons: [{ iconPath: new vscode.ThemeIcon('copy'), tooltip: words.copy(needed.uri) }],
  }));
  return [...uris, { label: words.goOn(), detail: words.goOnDetail() }];
}

/** Copies it, and says so where the person is looking. */
async function copy(pick: vscode.QuickPick<UriItem>, needed: NeededUri): Promise<void> {
  try {
    await vscode.env.clipboard.writeText(needed.uri);
  } catch {
    // It stands there to be read.
    return;
  }
  const copied = {
    iconPath: new vscode.ThemeIcon('check'),
    detail: redirectUriDetail(needed.flow, 'copied'),
  };
  const items = pick.items.map((item) => (item.needed === needed ? { ...item, ...copied } : item));
  pick.items = items;
  pick.activeItems = items.filter((item) => item.needed === needed);
}
