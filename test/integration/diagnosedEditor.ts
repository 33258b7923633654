import * as vscode from 'vscode';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { DiagnosisContext } from '../../src/diagnosis/runChecks.ts';
import { InteractiveEditor } from './interactiveEditor.ts';

/** An editor in which a test runs the diagnosis. */
export class DiagnosedEditor extends InteractiveEditor {
  /** Runs the diagnosis. Returns the text of the document that opens; undefined if none opens. */
  async report(different: Partial<DiagnosisContext> = {}): Promise<string | undefined> {
    const { store, secretsCheck, appSessions, machine, environment } = this.window.context;
    const log = { problems: [] };
    const opened = watchReports();
    await diagnose({
      store,
      secretsCheck,
      appSessions,
      machine,
      environment,
      log,
      ...different,
    });
    // Not the active editor's document: on a busy machine that is the one before for a moment.
    return opened();
  }

  /** Runs the diagnosis. Returns the items of one section of its document. */
  async items(heading: string, different?: Partial<DiagnosisContext>): Promise<string[]> {
    return itemsOf(await this.report(different), heading);
  }

  /** A context in which all requests fail with `cause`. */
  failing(cause: unknown): Partial<DiagnosisContext> {
    const fetch = () => Promise.reject(new TypeError('fetch failed', { cause }));
    return { environment: { ...this.window.context.environment, fetch } };
  }
}

/**
 * Returns a function that returns the text of the report that was opened since; undefined if there is
 * none. No test closes a report: the next one would have its name, and VS Code might fill it with the
 * backup of the closed one.
 */
export function watchReports(): () => string | undefined {
  const before = new Set(reports());
  return () =>
    reports()
      .find((document) => !before.has(document))
      ?.getText();
}

/** All reports that VS Code knows. */
const reports = (): vscode.TextDocument[] =>
  vscode.workspace.textDocuments.filter(
    ({ isUntitled, languageId }) => isUntitled && languageId === 'markdown',
  );

export function itemsOf(text: string | undefined, heading: string): string[] {
  const section = text?.split(/^## /m).find((one) => one.startsWith(`${heading}\n`));
  return [...(section ?? '').matchAll(/^- (.*)$/gm)].map(([, item = '']) => item);
}
