import * as vscode from 'vscode';
import { type FlowName, SECTION } from '../common/configuration.ts';
import { describeError } from '../common/describeError.ts';
import type { Log } from '../common/log.ts';
import { confirms } from '../messages/confirms.ts';
import { anotherFlowStrings, flowStrings, unavailableStrings } from '../messages/flows.ts';
import { withCancellationToken } from '../messages/progress.ts';
import { type FlowQuery, lostSetting } from '../flows/chooseFlow.ts';
import type { FlowUnavailableError } from '../flows/flow.ts';
import { lostSettingPrompt, wrongAccountPrompt } from '../messages/signIn.ts';

/**
 * Lets the user choose one of `flows` for a sign-in that is running. Returns undefined if the user
 * closes the list, or if `signal` aborts.
 */
export async function askForAnotherFlow(
  flows: readonly FlowName[],
  signal: AbortSignal,
): Promise<{ readonly flow: FlowName } | undefined> {
  const items = flows.map((flow) => ({ flow, ...flowStrings(flow) }));
  const options = { title: anotherFlowStrings.title(), ignoreFocusOut: true };
  const chosen = await withCancellationToken(signal, (token) =>
    vscode.window.showQuickPick(items, options, token),
  );
  return chosen && { flow: chosen.flow };
}

/**
 * Makes a function that logs the error of a question that has failed. It returns undefined, as the question
 * itself does if the user or the end of the sign-in closes it.
 */
export function unanswered(log: Log): (error: unknown) => undefined {
  return (error) => {
    log.warn(`A question was not shown. ${describeError(error)}`);
  };
}

/**
 * Lets the user choose one of `flows` before the browser opens.
 * @throws vscode.CancellationError if the user closes the list.
 */
export async function askForFlow(flows: readonly FlowName[]): Promise<FlowName> {
  const chosen = await askForAnotherFlow(flows, new AbortController().signal);
  if (!chosen) throw new vscode.CancellationError();
  return chosen.flow;
}

/**
 * Tells the user why a flow cannot be used. Offers the flow `next`, and the flow `paste`. Returns
 * the flow that the user chooses.
 * @throws vscode.CancellationError if the user chooses none.
 */
export async function offerNextFlow(
  { fault, port }: FlowUnavailableError,
  next: FlowName,
): Promise<FlowName> {
  const { detail } = flowStrings(next);
  const flows: FlowName[] = next === 'paste' ? [next] : [next, 'paste'];
  const items = flows.map((flow) => ({ title: flowStrings(flow).label, flow }));
  const options = { modal: true, detail };
  const text = unavailableStrings[fault](port);
  const chosen = await vscode.window.showWarningMessage(text, options, ...items);
  if (!chosen) throw new vscode.CancellationError();
  return chosen.flow;
}

/**
 * Tells the user that the wrong account signed in. Resolves if the user wants to sign in again.
 * @throws vscode.CancellationError if the user does not.
 */
export async function showWrongAccountPrompt(requested: string, answered: string): Promise<void> {
  const question = wrongAccountPrompt(requested, answered);
  if (!(await confirms(question))) throw new vscode.CancellationError();
}

/**
 * Returns `query` without the settings that cannot work here, after the user has agreed to each.
 * @throws vscode.CancellationError if the user does not agree.
 */
export async function withoutLostSettings(query: FlowQuery): Promise<FlowQuery> {
  const name = lostSetting(query);
  if (!name) return query;
  if (!(await confirms(lostSettingPrompt(`${SECTION}.${name}`, String(query[name]))))) {
    throw new vscode.CancellationError();
  }
  const without = name === 'signInFlow' ? { signInFlow: 'auto' as const } : { [name]: undefined };
  return withoutLostSettings({ ...query, ...without });
}
