import * as vscode from 'vscode';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { DiagnosisContext } from '../../src/diagnosis/runChecks.ts';
import { eventually } from './eventually.ts';
import { InteractiveEditor } from './interactiveEditor.ts';

/** A window of its own whose sign-in can be diagnosed. */
export class DiagnosedEditor extends InteractiveEditor {
  /** The document that opens, which is closed at once; undefined when none does. */
  async report(different: Partial<DiagnosisContext> = {}): Promise<string | undefined> {
    const { store, secretsCheck, appSessions, machine, environment } = this.window.context;
    const log = { problems: [] };
    await diagnose({
      ...{ store, secretsCheck, appSessions, machine, environment, log },
      ...different,
    });
    const text = openReport();
    if (text !== undefined) await closeReport();
    return text;
  }

  /** The items of a section of the document that opens. */
  async items(heading: string, different?: Partial<DiagnosisContext>): Promise<string[]> {
    return itemsOf(await this.report(different), heading);
  }

  /** Has all requests fail so. */
  failing(cause: unknown): Partial<DiagnosisContext> {
    const fetch = () => Promise.reject(new TypeError('fetch failed', { cause }));
    return { environment: { ...this.window.context.environment, fetch } };
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    if (openReport() !== undefined) await closeReport();
    await super[Symbol.asyncDispose]();
  }
}

/** The text of the report that a person sees, if they do. */
export function openReport(): string | undefined {
  const document = vscode.window.activeTextEditor?.document;
  const isReport = document?.isUntitled && document.languageId === 'markdown';
  return isReport ? document.getText() : undefined;
}

export async function closeReport(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  // The next report would be taken for this one.
  await eventually(() => openReport() === undefined);
}

export function itemsOf(text: string | undefined, heading: string): string[] {
  const section = text?.split(/^## /m).find((one) => one.startsWith(`${heading}\n`));
  return [...(section ?? '').matchAll(/^- (.*)$/gm)].map(([, item = '']) => item);
}
