import * as vscode from 'vscode';
import { unlessAborted } from '../auth/abortable.ts';
import { diagnosisTitle } from '../messages/diagnosis.ts';
import { withProgress } from '../messages/progress.ts';
import { anonymizer } from './anonymizer.ts';
import { type DiagnosisContext, runChecks } from './runChecks.ts';
import { namesOf } from './names.ts';
import { reportOf } from './report.ts';

/** Looks at all that a sign-in needs, and opens a report on it; nothing where it is cancelled. */
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
  const { names, isComplete } = await namesOf(context);
  const told = isComplete ? findings : { ...findings, recent: undefined };
  return reportOf(told, anonymizer(names));
}
