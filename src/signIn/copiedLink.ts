import * as vscode from 'vscode';
import { delay } from '../auth/abortable.ts';
import type { Log } from '../common/log.ts';
import { showMessage } from '../messages/showMessage.ts';
import { linkCopied } from '../messages/signIn.ts';

/** Copies the link of a sign-in, and says so. Never rejects. */
export async function copyLink(url: string, log: Log): Promise<void> {
  const isCopied = await vscode.env.clipboard.writeText(url).then(
    () => true,
    () => false,
  );
  if (isCopied) void showMessage('information', { text: linkCopied(), actions: [] }, {}, log);
}

/**
 * Whether the user chose Copy in VS Code's prompt for `url`. VS Code returns the same value for
 * Copy and for Cancel, so this function looks at the clipboard. If it returns true, the clipboard
 * contains the link of this sign-in.
 */
export async function wasCopied(url: string): Promise<boolean> {
  // VS Code may return before the link is in the clipboard.
  for (const pauseMs of [0, 100, 200]) {
    await delay(pauseMs);
    const copied = await vscode.env.clipboard.readText().then(undefined, () => '');
    if (stateOf(copied) === stateOf(url)) return true;
    if (!isLinkOfFirstPrompt(copied, url)) continue;
    await vscode.env.clipboard.writeText(url);
    return true;
  }
  return false;
}

/**
 * Whether VS Code has copied the link of an earlier sign-in instead of `url`. In a browser, VS Code
 * may copy the URL of its first prompt for a host, and then copies it percent-decoded. This
 * extension itself never copies a decoded link.
 */
function isLinkOfFirstPrompt(copied: string, url: string): boolean {
  if (!URL.canParse(copied)) return false;
  const { origin, pathname, searchParams } = new URL(copied);
  const page = origin + pathname;
  const isDecoded = copied !== `${page}?${searchParams.toString()}`;
  return isDecoded && searchParams.has('state') && url.startsWith(`${page}?`);
}

const stateOf = (text: string): string | null =>
  URL.canParse(text) ? new URL(text).searchParams.get('state') : null;
