import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { CompetingProviders } from '../../../src/provider/competingProviders.ts';
import { FileNoticeClaims } from '../../../src/node/fileNoticeClaims.ts';
import { replace } from '../replace.ts';
import { ShownMessages } from '../shownMessages.ts';

const ID = 'Spotify-SDK.spotify-authentication';
const OURS = { id: ID.toLowerCase(), packageJSON: declaring('spotify') };
const OTHER = {
  id: 'TylerLeonhardt.vscode-spotify-auth',
  packageJSON: { displayName: '[Auth](command:x)', ...declaring('github', 'spotify') },
};

function declaring(...ids: string[]) {
  return { contributes: { authentication: ids.map((id) => ({ id, label: id })) } };
}

/** Lets a test wait for what nobody else waits for. */
class WatchedOnce extends FileNoticeClaims {
  override claim(name: string): Promise<boolean> {
    const answer = super.claim(name);
    pending.push(answer);
    return answer;
  }
}
const pending: Promise<boolean>[] = [];

describe('another provider of the same id', () => {
  let folder: string;
  let messages: ShownMessages;
  let replaced: Disposable[];
  let windows: CompetingProviders[];
  let all: { id: string; packageJSON: unknown }[];
  /** What the editor calls when extensions, or sessions of a provider, have changed. */
  let extensionsChanged: () => void;
  let sessionsChanged: (event: { provider: { id: string } }) => void;
  /** How often the accounts were asked for, and how often of us. */
  let asked: number;
  const provider = { timesListed: 0 };
  let isOursAsked: boolean;
  let commands: unknown[][];

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'once-'));
    messages = new ShownMessages();
    windows = [];
    all = [OURS];
    asked = 0;
    isOursAsked = true;
    commands = [];
    const none = { dispose: () => undefined };
    const onDidChange = (listener: () => void) => ((extensionsChanged = listener), none);
    const onDidChangeSessions = (listener: typeof sessionsChanged) => (
      (sessionsChanged = listener),
      none
    );
    const getAccounts = () => {
      asked++;
      if (isOursAsked) provider.timesListed++;
      return Promise.resolve([]);
    };
    const executeCommand = (...args: unknown[]) => {
      // The extension under test says whether somebody is signed in.
      if (args[0] !== 'setContext') commands.push(args);
      return Promise.resolve();
    };
    replaced = [
      replace(vscode.extensions, { onDidChange }),
      replace(vscode.authentication, { onDidChangeSessions, getAccounts }),
      replace(vscode.commands, { executeCommand }),
    ];
    replaced.push(replace(vscode.extensions, { all }));
  });
  afterEach(async () => {
    for (const window of windows) window.dispose();
    for (const one of replaced.reverse()) one[Symbol.dispose]();
    messages[Symbol.dispose]();
    await rm(folder, { recursive: true });
  });

  function openWindow(): void {
    const silent = () => undefined;
    const log = { debug: silent, info: silent, warn: silent, error: silent };
    windows.push(
      new CompetingProviders({ id: ID, provider, claims: new WatchedOnce(folder), log }),
    );
  }

  /** Waits until every window that wants to tell something has told it, or knows that it is told. */
  async function settled(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve));
    await Promise.all(pending);
    await new Promise((resolve) => setImmediate(resolve));
  }

  it('is named, with a button that shows it, once in all windows and starts', async () => {
    all.push(OTHER);
    openWindow();
    openWindow();
    const message = await messages.waitFor(/sign in to Spotify, but VS Code/);
    assert.match(message.text, /“\[Auth\] \(command:x\)” \(TylerLeonhardt\.vscode-spotify-auth\)/);
    assert.deepEqual([message.severity, message.buttons], ['warning', ['Show Extension']]);
    message.answer('Show Extension');
    openWindow();
    await settled();
    assert.equal(messages.all.length, 1);
    assert.deepEqual(commands, [['extension.open', OTHER.id]]);
  });

  it('is named when it is installed while the window is open', async () => {
    openWindow();
    all.push({ ...OTHER, packageJSON: declaring('spotify') });
    extensionsChanged();
    await messages.waitFor(/“TylerLeonhardt\.vscode-spotify-auth” \(TylerLeonhardt\./);
  });

  it('is none that is ours, provides something else, or has a manifest of another shape', async () => {
    const shapes = [undefined, {}, { contributes: null }, { contributes: { authentication: 'x' } }];
    const odd = { contributes: { authentication: [null, 'spotify', { label: 'spotify' }] } };
    const packages = [...shapes, odd, declaring('github')];
    all.push(...packages.map((packageJSON, index) => ({ id: `a.b${index}`, packageJSON })));
    openWindow();
    await settled();
    assert.deepEqual(messages.texts, []);
  });

  it('is told of where it cannot be seen, once it is asked in our place', async () => {
    openWindow();
    sessionsChanged({ provider: { id: 'github' } });
    await settled();
    assert.equal(asked, 0);
    sessionsChanged({ provider: { id: 'spotify' } });
    await settled();
    assert.deepEqual([asked, messages.texts], [1, []]);

    isOursAsked = false;
    sessionsChanged({ provider: { id: 'spotify' } });
    sessionsChanged({ provider: { id: 'spotify' } });
    const message = await messages.waitFor(/^Another extension signs in to Spotify/);
    assert.deepEqual([message.severity, message.buttons], ['warning', ['Show Extensions']]);
    message.answer('Show Extensions');
    openWindow();
    sessionsChanged({ provider: { id: 'spotify' } });
    await settled();
    assert.equal(messages.all.length, 1);
    assert.deepEqual(commands, [['workbench.extensions.search', '@contribute:authentication']]);
  });

  it('is not told of twice where it can be seen and is asked', async () => {
    all.push(OTHER);
    isOursAsked = false;
    openWindow();
    sessionsChanged({ provider: { id: 'spotify' } });
    await messages.waitFor(/sign in to Spotify, but VS Code/);
    await settled();
    assert.equal(messages.all.length, 1);
  });
});
