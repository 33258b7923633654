import * as vscode from 'vscode';
import { delay } from '../auth/abortable.ts';

/**
 * Whether the person has copied the sign-in link `url`: VS Code's question whether to open a page has
 * a Copy button, and does not tell it from Cancel. The clipboard then holds `url`.
 */
export async function wasCopied(url: string): Promise<boolean> {
  // It does not wait for the clipboard either.
  for (const pauseMs of [0, 100, 200]) {
    await delay(pauseMs);
    const copied = await vscode.env.clipboard.readText().then(undefined, () => '');
    if (stateOf(copied) === stateOf(url)) return true;
    if (!isOfFirstQuestion(copied, url)) continue;
    await vscode.env.clipboard.writeText(url);
    return true;
  }
  return false;
}

/**
 * In a browser, VS Code's opener tells pages by their host alone, and copies what the first question
 * about that host was about. It writes that decoded, as no link of ours is that was copied before.
 */
function isOfFirstQuestion(copied: string, url: string): boolean {
  if (!URL.canParse(copied)) return false;
  const { origin, pathname, searchParams } = new URL(copied);
  const page = origin + pathname;
  const isDecoded = copied !== `${page}?${searchParams.toString()}`;
  return isDecoded && searchParams.has('state') && url.startsWith(`${page}?`);
}

const stateOf = (text: string): string | null =>
  URL.canParse(text) ? new URL(text).searchParams.get('state') : null;
