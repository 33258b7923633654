import * as vscode from 'vscode';
import { setUpStrings } from '../messages/setUp.ts';
import { dashboardButton, type Ending, openDashboard, untilAnswered } from './stepInput.ts';

/** How the user is asked for the client ID. */
export interface ClientIdQuestion {
  /** The text in the box when it opens. */
  readonly value: string;
  /** Whether it is the last of three steps, with a button to go back; false if it is the only step. */
  readonly isLastStep: boolean;
  /** Whether Spotify knows the client ID. If it rejects, the client ID counts as known. */
  readonly isKnown: (clientId: string, signal: AbortSignal) => Promise<boolean>;
  /** Called with the text after each change. */
  readonly onTyped?: (text: string) => void;
  /** Closes the box. The promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** The client ID that the user entered, without surrounding space, or the wish to go back. */
export type ClientIdAnswer = 'back' | { readonly clientId: string };

const strings = setUpStrings.clientId;

/**
 * The last step: asks the user for the client ID, and Spotify whether it knows that client ID.
 * @throws vscode.CancellationError if the user closes it.
 */
export async function askForClientId(question: ClientIdQuestion): Promise<ClientIdAnswer> {
  const box = vscode.window.createInputBox();
  const dashboard = dashboardButton();
  box.title = strings.title();
  box.prompt = strings.prompt();
  box.placeholder = strings.placeholder();
  box.value = question.value;
  box.validationMessage = formatWarning(question.value);
  box.buttons = [dashboard];
  if (question.isLastStep) {
    Object.assign(box, { step: 3, totalSteps: 3 });
    box.buttons = [vscode.QuickInputButtons.Back, dashboard];
  }
  const listen = (ending: Ending<ClientIdAnswer>) => {
    box.onDidTriggerButton((button) => {
      if (button === dashboard) void openDashboard();
      else ending.answer('back');
    });
    acceptKnown(box, question, ending);
  };
  return untilAnswered(box, listen, question.signal);
}

/** Ends the step with the entered client ID, unless Spotify says that it does not know it. */
function acceptKnown(
  box: vscode.InputBox,
  { isKnown, onTyped }: ClientIdQuestion,
  { answer, signal }: Ending<ClientIdAnswer>,
): void {
  /** Cancels the running question to Spotify when the text changes. */
  let asking: AbortController | undefined;
  box.onDidChangeValue((text) => {
    asking?.abort();
    asking = undefined;
    box.busy = false;
    box.validationMessage = formatWarning(text);
    onTyped?.(text);
  });
  box.onDidAccept(async () => {
    const clientId = box.value.trim();
    if (!clientId) box.validationMessage = strings.missing();
    if (!clientId || asking) return;
    const asked = (asking = new AbortController());
    box.busy = true;
    const known = await isKnown(clientId, AbortSignal.any([signal, asked.signal])).catch(
      () => true,
    );
    if (asked.signal.aborted || signal.aborted) return;
    asking = undefined;
    box.busy = false;
    if (known) answer({ clientId });
    else box.validationMessage = strings.unknown();
  });
}

/**
 * A warning for a text that is not 32 hexadecimal digits. All known client IDs are, but Spotify does
 * not promise it, so other texts are accepted too.
 */
function formatWarning(text: string): vscode.InputBoxValidationMessage | undefined {
  const isUsual = /^\s*([\da-f]{32}\s*)?$/i.test(text);
  const { Warning } = vscode.InputBoxValidationSeverity;
  return isUsual ? undefined : { message: strings.unusual(), severity: Warning };
}
