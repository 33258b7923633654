import * as vscode from 'vscode';
import { delay } from '../auth/abortable.ts';

/**
 * Whether the user chose Copy when VS Code asked whether to open `url`. VS Code answers the same for
 * Copy and for Cancel, so the clipboard has to tell. It holds `url` afterwards.
 */
export async function wasCopied(url: string): Promise<boolean> {
  // VS Code does not wait until the clipboard is written.
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
 * Whether the clipboard holds the link of an earlier sign-in. In browsers VS Code may copy the URL of
 * its first prompt for this host, decoded. Links that we copy ourselves are never decoded.
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
