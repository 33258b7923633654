import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** About test/integration/quickInputs.ts, which imitates this behaviour of VS Code. */
describe('the editor', () => {
  it('hides an input box when it opens a list, even if both stay open without the focus', async () => {
    const box = vscode.window.createInputBox();
    box.ignoreFocusOut = true;
    const hidden = new Promise<void>((resolve) => box.onDidHide(resolve));
    box.show();
    const source = new vscode.CancellationTokenSource();
    const options = { ignoreFocusOut: true };
    const picked = vscode.window.showQuickPick(['one', 'two'], options, source.token);
    await hidden;
    source.cancel();
    assert.equal(await picked, undefined);
    box.dispose();
  });
});
