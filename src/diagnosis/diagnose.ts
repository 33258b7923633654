import * as vscode from 'vscode';
import { unlessAborted } from '../auth/abortable.ts';
import { diagnosisTitle } from '../messages/diagnosis.ts';
import { withProgress } from '../messages/progress.ts';
import { anonymizer } from './anonymizer.ts';
import { collectIdentifyingNames } from './identifyingNames.ts';
import { formatReport } from './report.ts';
import { type DiagnosisContext, runChecks } from './runChecks.ts';

/** Checks everything that a sign-in needs, and opens a report. If the user cancels, opens nothing. */
export async function diagnose(context: DiagnosisContext): Promise<void> {
  const unlimited = new AbortController().signal;
  const content = await withProgress(diagnosisTitle(), unlimited, ({ signal }) =>
    unlessAborted(report(context, signal), signal).catch((error: unknown) => {
      if (signal.aborted) return undefined;
      throw error;
    }),
  );
  if (content === undefined) return;
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
  await vscode.window.showTextDocument(document, { preview: false });
}

async function report(context: DiagnosisContext, signal: AbortSignal): Promise<string> {
  const findings = await runChecks(context, signal);
  const { names, isComplete } = await collectIdentifyingNames(context);
  const publishable = isComplete ? findings : { ...findings, recent: undefined };
  return formatReport(publishable, anonymizer(names));
}
