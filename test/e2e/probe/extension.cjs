const vscode = require('vscode');

const KEY = 'secret';

const show = (text) => void vscode.window.showInformationMessage(text, 'OK');

exports.activate = ({ subscriptions, secrets, extension }) => {
  const command = (name, run) =>
    subscriptions.push(vscode.commands.registerCommand(`probe.${name}`, run));
  const ask = (title) => vscode.window.showInputBox({ title, ignoreFocusOut: true });

  command('write', async () => {
    const value = await ask('Value');
    await secrets.store(KEY, value);
    show(`Read ${await secrets.get(KEY)}.`);
  });
  command('read', async () => show(`Read ${await secrets.get(KEY)}.`));
  command('delete', async () => secrets.delete(KEY));
  command('environment', () => {
    const { uriScheme, appHost, uiKind, remoteName } = vscode.env;
    show(JSON.stringify({ uriScheme, appHost, uiKind, remoteName, kind: extension.extensionKind }));
  });
  command('asExternalUri', async () => {
    const uri = await vscode.env.asExternalUri(vscode.Uri.parse(await ask('URI')));
    show(`External ${uri.toString(true)}`);
  });

  subscriptions.push(
    secrets.onDidChange(async ({ key }) => show(`Changed to ${await secrets.get(key)}.`)),
    vscode.window.registerUriHandler({ handleUri: (uri) => show(`Link ${uri.toString(true)}`) }),
  );
};
