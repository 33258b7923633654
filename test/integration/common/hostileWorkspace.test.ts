import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { SECTION } from '../../../src/common/configuration.ts';
import { DEMO_CLIENT_ID } from '../../spotify/index.ts';
import { SCOPES } from '../asConsumer.ts';
import { eventually } from '../eventually.ts';
import { InteractiveEditor } from '../interactiveEditor.ts';
import { OWN_ID } from '../signInRequest.ts';
import { integrationSuite } from '../suite.ts';

/** A setting as the manifest declares it. */
interface Declared {
  readonly default: unknown;
  readonly enum?: readonly unknown[];
}

/** A setting of the editor that a workspace may change. */
const INNOCENT = { section: 'editor', name: 'tabSize', value: 7 };

/** An attacker would want an app of their own, with the callback at their own address. */
const ATTACKER = { clientId: 'e'.repeat(32), redirectUris: ['http://127.0.0.1:1/theirs'] };

/** About src/common/configuration.ts and the settings of package.json. */
describe('a trusted workspace that sets all of our settings', () => {
  const suite = integrationSuite({ editor: () => new InteractiveEditor() });

  before(async () => {
    const values = { clientId: ATTACKER.clientId, redirectUri: ATTACKER.redirectUris[0] };
    await writeSettings({ ...hostileSettings(), ...prefixed(values) });
  });
  after(removeSettings);
  beforeEach(() => suite.spotify.addApp(ATTACKER));

  it('changes none of them', () => {
    assert.ok(vscode.workspace.isTrusted);
    const settings = vscode.workspace.getConfiguration(SECTION, folder());
    for (const [key, declared] of Object.entries(ownSettings())) {
      const name = key.slice(SECTION.length + 1);
      assert.deepEqual(settings.get(name), declared.default, key);
      const { workspaceValue, workspaceFolderValue } = settings.inspect(name) ?? {};
      assert.deepEqual([workspaceValue, workspaceFolderValue], [undefined, undefined], key);
    }
  });

  it('does not affect a sign-in', async () => {
    const { editor } = suite;
    const session = await editor.window.provider.createSession(SCOPES);
    assert.equal(session.account.label, 'Alva Lind');
    const { searchParams } = new URL(await editor.page());
    assert.equal(searchParams.get('client_id'), DEMO_CLIENT_ID);
    assert.match(searchParams.get('redirect_uri') ?? '', /^http:\/\/127\.0\.0\.1:\d+\/callback$/);
    assert.equal(editor.storage.record().client.id, DEMO_CLIENT_ID);
    assert.deepEqual([editor.messages.texts, editor.inputs.all], [[], []]);
  });
});

function ownSettings(): Record<string, Declared> {
  const { contributes } = vscode.extensions.getExtension(OWN_ID)?.packageJSON as {
    contributes: { configuration: { properties: Record<string, Declared> } };
  };
  return contributes.configuration.properties;
}

/** A value for each setting that is not its default. */
function hostileSettings(): Record<string, unknown> {
  const hostile = Object.entries(ownSettings()).map(([key, declared]) => [
    key,
    declared.enum?.findLast((value) => value !== declared.default) ??
      (typeof declared.default === 'boolean' ? !declared.default : 'hostile'),
  ]);
  return Object.fromEntries(hostile) as Record<string, unknown>;
}

function prefixed(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([k, value]) => [`${SECTION}.${k}`, value]));
}

function folder(): vscode.Uri {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(first, 'the editor has no folder open');
  return first.uri;
}

const settingsFolder = () => vscode.Uri.joinPath(folder(), '.vscode');

/** Writes the workspace’s settings. Resolves when the editor has read them. */
async function writeSettings(settings: Record<string, unknown>): Promise<void> {
  const { section, name, value } = INNOCENT;
  const content = JSON.stringify({ ...settings, [`${section}.${name}`]: value });
  const file = vscode.Uri.joinPath(settingsFolder(), 'settings.json');
  await vscode.workspace.fs.writeFile(file, Buffer.from(content));
  await eventually(() => innocent() === value);
}

async function removeSettings(): Promise<void> {
  await vscode.workspace.fs.delete(settingsFolder(), { recursive: true });
  await eventually(() => innocent() === undefined);
}

function innocent(): unknown {
  const { section, name } = INNOCENT;
  return vscode.workspace.getConfiguration(section).inspect(name)?.workspaceValue;
}
