import * as vscode from 'vscode';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { DiagnosisContext } from '../../src/diagnosis/runChecks.ts';
import { eventually } from './eventually.ts';
import { InteractiveEditor } from './interactiveEditor.ts';

/** An editor in which a test runs the diagnosis. */
export class DiagnosedEditor extends InteractiveEditor {
  /** Runs the diagnosis. Returns the text of the document that opens; undefined if none opens. */
  async report(different: Partial<DiagnosisContext> = {}): Promise<string | undefined> {
    const { store, secretsCheck, appSessions, machine, environment } = this.window.context;
    const log = { problems: [] };
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
    const text = reports()[0]?.getText();
    if (text !== undefined) await closeReport();
    return text;
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

  override async [Symbol.asyncDispose](): Promise<void> {
    if (openReport() !== undefined) await closeReport();
    await super[Symbol.asyncDispose]();
  }
}

/** All reports that VS Code knows. */
const reports = (): vscode.TextDocument[] => vscode.workspace.textDocuments.filter(isReport);

const isReport = ({ isUntitled, languageId }: vscode.TextDocument): boolean =>
  isUntitled && languageId === 'markdown';

/** The text of the open report; undefined if none is open. */
export function openReport(): string | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document && isReport(document) ? document.getText() : undefined;
}

export async function closeReport(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  // VS Code gives the next report the same URI, and answers with this document while it knows it.
  await eventually(() => reports().length === 0);
}

export function itemsOf(text: string | undefined, heading: string): string[] {
  const section = text?.split(/^## /m).find((one) => one.startsWith(`${heading}\n`));
  return [...(section ?? '').matchAll(/^- (.*)$/gm)].map(([, item = '']) => item);
}
