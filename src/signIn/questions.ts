import * as vscode from 'vscode';
import type { FlowName } from '../common/configuration.ts';
import { anotherFlowStrings, flowStrings, unavailableStrings } from '../messages/flows.ts';
import { withCancellationToken } from './cancellationToken.ts';
import type { FlowUnavailableError } from './errors.ts';

/** Lets the person choose one of `flows`; undefined when they choose none. */
export async function askForAnotherFlow(
  flows: readonly FlowName[],
  signal: AbortSignal,
): Promise<FlowName | undefined> {
  const items = flows.map((flow) => ({ flow, ...flowStrings(flow) }));
  const options = { title: anotherFlowStrings.title(), ignoreFocusOut: true };
  const chosen = await withCancellationToken(signal, (token) =>
    vscode.window.showQuickPick(items, options, token),
  );
  return chosen?.flow;
}

/**
 * Says why a way cannot be used, and offers `next`, or paste.
 * @throws vscode.CancellationError when the person wants neither.
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
