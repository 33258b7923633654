import * as vscode from 'vscode';
import { setUpStrings } from '../messages/setUp.ts';
import { dashboardButton, type Ending, openDashboard, untilAnswered } from './stepInput.ts';

/** The options of {@link askForClientId}. */
export interface ClientIdQuestion {
  /** The text in the box when it opens. */
  readonly value: string;
  /**
   * True for the last of three steps, which has a button to go back. False if the step is shown alone.
   */
  readonly isLastStep: boolean;
  /**
   * Asks Spotify whether it knows a client ID. If the promise rejects, the client ID counts as known.
   */
  readonly isKnown: (clientId: string, signal: AbortSignal) => Promise<boolean>;
  /** Called with the text after each change. */
  readonly onTyped?: (text: string) => void;
  /** Closes the box when it is aborted. {@link askForClientId} then rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The client ID that the user entered, without surrounding space; `back` if the user chose to go back.
 */
export type ClientIdAnswer = 'back' | { readonly clientId: string };

const strings = setUpStrings.clientId;

/**
 * Shows the last step: asks the user for the client ID, then asks Spotify whether it knows that client
 * ID.
 * @throws vscode.CancellationError if the user closes the step.
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

/**
 * Ends the step with the client ID that the user has entered. If Spotify does not know the client ID,
 * shows an error and lets the user correct it.
 */
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
 * Returns a warning if the text does not consist of 32 hexadecimal digits and is not empty; otherwise
 * undefined. All known client IDs consist of them, but Spotify does not promise it, so the user can
 * ignore the warning.
 */
function formatWarning(text: string): vscode.InputBoxValidationMessage | undefined {
  const isUsual = /^\s*([\da-f]{32}\s*)?$/i.test(text);
  const { Warning } = vscode.InputBoxValidationSeverity;
  return isUsual ? undefined : { message: strings.unusual(), severity: Warning };
}
