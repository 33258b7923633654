import * as vscode from 'vscode';
import { setUpStrings } from '../messages/setUp.ts';
import { dashboardButton, type Ending, openDashboard, untilAnswered } from './stepInput.ts';

/** How the client ID is asked for. */
export interface ClientIdQuestion {
  readonly value: string;
  /** Whether it is the last of the steps, so that there is a way back; else it stands alone. */
  readonly isLastStep: boolean;
  /** Whether Spotify knows the client ID. */
  readonly isKnown: (clientId: string, signal: AbortSignal) => Promise<boolean>;
  /** Told of everything that is typed. */
  readonly onTyped?: (text: string) => void;
  /** Closes the box; the promise rejects with its reason. */
  readonly signal?: AbortSignal;
}

/** What was typed, without the space around it. */
export type ClientIdAnswer = 'back' | { readonly clientId: string };

const words = setUpStrings.clientId;

/**
 * The last step: the client ID, which Spotify is asked about, since it is so easily mistyped.
 * @throws vscode.CancellationError when the person closes it.
 */
export async function askForClientId(question: ClientIdQuestion): Promise<ClientIdAnswer> {
  const box = vscode.window.createInputBox();
  const dashboard = dashboardButton();
  box.title = words.title();
  box.prompt = words.prompt();
  box.placeholder = words.placeholder();
  box.value = question.value;
  box.validationMessage = doubt(question.value);
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
    takeKnown(box, question, ending);
  };
  return untilAnswered(box, listen, question.signal);
}

/** Answers with what Spotify does not call unknown. */
function takeKnown(
  box: vscode.InputBox,
  { isKnown, onTyped }: ClientIdQuestion,
  { answer, signal }: Ending<ClientIdAnswer>,
): void {
  /** Aborts when something else is typed. */
  let asking: AbortController | undefined;
  box.onDidChangeValue((text) => {
    asking?.abort();
    asking = undefined;
    box.busy = false;
    box.validationMessage = doubt(text);
    onTyped?.(text);
  });
  box.onDidAccept(async () => {
    const clientId = box.value.trim();
    if (!clientId) box.validationMessage = words.missing();
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
    else box.validationMessage = words.unknown();
  });
}

/** 32 hexadecimal digits: observed, and promised by nobody, so that nothing is refused. */
function doubt(text: string): vscode.InputBoxValidationMessage | undefined {
  const isUsual = /^\s*([\da-f]{32}\s*)?$/i.test(text);
  const { Warning } = vscode.InputBoxValidationSeverity;
  return isUsual ? undefined : { message: words.unusual(), severity: Warning };
}
