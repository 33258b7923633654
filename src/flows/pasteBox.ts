import * as vscode from 'vscode';
import { pastedAnswer, pasteFault } from '../auth/pastedAddress.ts';
import { unlessAborted } from '../auth/abortable.ts';
import { pasteStrings } from '../messages/signIn.ts';
import { openPage } from '../common/openPage.ts';

/** The values that the paste box needs from the sign-in that it serves. */
export interface PasteRequest {
  /** The address of Spotify's page. The user may open it in any browser. */
  readonly url: string;
  readonly state: string;
  readonly redirectUri: string;
  /**
   * Whether the box copies `url` when it opens. False if the user may have copied something else
   * for this sign-in, such as the redirect URI.
   */
  readonly copyLink: boolean;
  /** If it aborts, the box closes, and `askForAddress` rejects with the reason of the signal. */
  readonly signal: AbortSignal;
}

/**
 * Asks the user to paste the address that the browser shows at the end. Returns the pasted address,
 * which contains the answer to this sign-in.
 * @throws vscode.CancellationError if the user closes the box.
 */
export type AskForAddress = (request: PasteRequest) => Promise<string>;

/** Asks for the address in an input box, which accepts only an answer to this sign-in. */
export const askForAddress: AskForAddress = async (request) => {
  const box = openBox(request);
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  box.onDidChangeValue((value) => (box.validationMessage = fault(value, request.state)));
  box.onDidAccept(() => {
    const answer = pastedAnswer(box.value, request.state);
    if (answer !== undefined) resolve(answer);
    else box.validationMessage = fault(box.value, request.state) ?? pasteStrings.notYet();
  });
  box.onDidHide(() => reject(new vscode.CancellationError()));
  try {
    box.show();
    if (request.copyLink) void fillOrCopy(box, request);
    return await unlessAborted(promise, request.signal);
  } finally {
    box.dispose();
  }
};

/**
 * If the clipboard contains the answer, fills it in. Otherwise, copies the link to Spotify's page.
 */
async function fillOrCopy(box: vscode.InputBox, { url, state }: PasteRequest): Promise<void> {
  const { clipboard } = vscode.env;
  try {
    const copied = await clipboard.readText().then(undefined, () => '');
    const answer = pastedAnswer(copied, state);
    if (answer !== undefined) box.value = answer;
    else await clipboard.writeText(url);
  } catch {
    // The user can still use the box's buttons to copy or open the link.
  }
}

function openBox({ url, redirectUri }: PasteRequest): vscode.InputBox {
  const box = vscode.window.createInputBox();
  const copy = { iconPath: new vscode.ThemeIcon('copy'), tooltip: pasteStrings.copyLink() };
  const open = {
    iconPath: new vscode.ThemeIcon('link-external'),
    tooltip: pasteStrings.openLink(),
  };
  box.title = pasteStrings.title();
  box.prompt = pasteStrings.prompt(redirectUri);
  box.placeholder = `${redirectUri}?code=…&state=…`;
  box.ignoreFocusOut = true;
  box.buttons = [copy, open];
  box.onDidTriggerButton((button) => {
    const done: Thenable<unknown> =
      button === copy ? vscode.env.clipboard.writeText(url) : openPage(url);
    // If VS Code refuses, or the user declines, the box stays as it is.
    done.then(undefined, () => undefined);
  });
  return box;
}

/**
 * Returns a text that says why the value is not the answer. Undefined if it is, or if the box is
 * empty.
 */
function fault(value: string, state: string): string | undefined {
  const found = pasteFault(value, state);
  return found && pasteStrings[found]();
}
