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
const COMPETITOR = {
  id: 'TylerLeonhardt.vscode-spotify-auth',
  packageJSON: { displayName: '[Auth](command:x)', ...declaring('github', 'spotify') },
};

function declaring(...ids: string[]) {
  return { contributes: { authentication: ids.map((id) => ({ id, label: id })) } };
}

/** Keeps the promises of its claims, so that a test can wait for them. */
class WatchedClaims extends FileNoticeClaims {
  override claim(name: string): Promise<boolean> {
    const claim = super.claim(name);
    pendingClaims.push(claim);
    return claim;
  }
}
const pendingClaims: Promise<boolean>[] = [];

describe('a competing provider', () => {
  let folder: string;
  let messages: ShownMessages;
  let replaced: Disposable[];
  let windows: CompetingProviders[];
  let all: { id: string; packageJSON: unknown }[];
  /** The listeners that the editor calls when extensions or sessions have changed. */
  let extensionsChanged: () => void;
  let sessionsChanged: (event: { provider: { id: string } }) => void;
  /** How often the accounts were requested, of either provider. */
  let accountRequests: number;
  const provider = { timesListed: 0 };
  /** Whether VS Code asks our provider, not the competing one. */
  let isOursAsked: boolean;
  let commands: unknown[][];

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'once-'));
    messages = new ShownMessages();
    windows = [];
    all = [OURS];
    accountRequests = 0;
    isOursAsked = true;
    commands = [];
    const noListener = { dispose: () => undefined };
    const onDidChange = (listener: () => void) => ((extensionsChanged = listener), noListener);
    const onDidChangeSessions = (listener: typeof sessionsChanged) => (
      (sessionsChanged = listener),
      noListener
    );
    const getAccounts = () => {
      accountRequests++;
      if (isOursAsked) provider.timesListed++;
      return Promise.resolve([]);
    };
    const executeCommand = (...args: unknown[]) => {
      // The activated extension sets its context key, whatever the test does.
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
      new CompetingProviders({ id: ID, provider, claims: new WatchedClaims(folder), log }),
    );
  }

  /** Waits until every window has shown its message, or knows that another window has. */
  async function settled(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve));
    await Promise.all(pendingClaims);
    await new Promise((resolve) => setImmediate(resolve));
  }

  it('is named in one message for all windows and restarts, with a button that shows the extension', async () => {
    all.push(COMPETITOR);
    openWindow();
    openWindow();
    const message = await messages.waitFor(/sign in to Spotify, but VS Code/);
    assert.match(message.text, /“\[Auth\] \(command:x\)” \(TylerLeonhardt\.vscode-spotify-auth\)/);
    assert.deepEqual([message.severity, message.buttons], ['warning', ['Show Extension']]);
    message.answer('Show Extension');
    openWindow();
    await settled();
    assert.equal(messages.all.length, 1);
    assert.deepEqual(commands, [['extension.open', COMPETITOR.id]]);
  });

  it('is named if it is installed while the window is open', async () => {
    openWindow();
    all.push({ ...COMPETITOR, packageJSON: declaring('spotify') });
    extensionsChanged();
    await messages.waitFor(/“TylerLeonhardt\.vscode-spotify-auth” \(TylerLeonhardt\./);
  });

  it('is not found in our own extension, in a provider of another id, or in a malformed manifest', async () => {
    const shapes = [undefined, {}, { contributes: null }, { contributes: { authentication: 'x' } }];
    const odd = { contributes: { authentication: [null, 'spotify', { label: 'spotify' }] } };
    const packages = [...shapes, odd, declaring('github')];
    all.push(...packages.map((packageJSON, index) => ({ id: `a.b${index}`, packageJSON })));
    openWindow();
    await settled();
    assert.deepEqual(messages.texts, []);
  });

  it('is reported, if its manifest cannot be seen, once VS Code asks it instead of our provider', async () => {
    openWindow();
    sessionsChanged({ provider: { id: 'github' } });
    await settled();
    assert.equal(accountRequests, 0);
    sessionsChanged({ provider: { id: 'spotify' } });
    await settled();
    assert.deepEqual([accountRequests, messages.texts], [1, []]);

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

  it('is reported only once if its manifest can be seen and VS Code asks it', async () => {
    all.push(COMPETITOR);
    isOursAsked = false;
    openWindow();
    sessionsChanged({ provider: { id: 'spotify' } });
    await messages.waitFor(/sign in to Spotify, but VS Code/);
    await settled();
    assert.equal(messages.all.length, 1);
  });
});
