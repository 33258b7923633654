import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { withErrorReport } from '../../../src/commands/withErrorReport.ts';
import { integrationSuite } from '../suite.ts';
import { TestEditor } from '../testEditor.ts';

describe('a command that fails', () => {
  const suite = integrationSuite({ editor: () => new TestEditor() });

  const fail = (error: Error) =>
    withErrorReport(suite.editor.window.context, () => Promise.reject(error));

  it('shows a message without the text of the error, which is logged', async () => {
    const { editor } = suite;
    await fail(new Error('[a link](command:some.command)'));
    assert.deepEqual(editor.messages.texts, ['The command failed. The log shows why.']);
    assert.deepEqual(editor.messages.all[0]?.buttons, ['Show Log']);
    assert.match(editor.window.log.join(), /some\.command/);
  });

  it('shows nothing if the user has cancelled', async () => {
    await fail(new vscode.CancellationError());
    assert.deepEqual(suite.editor.messages.all, []);
  });
});
