import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { SignedInContext } from '../../../src/provider/signedInContext.ts';
import { SCOPES } from '../asConsumer.ts';
import { eventually } from '../eventually.ts';
import { TestEditor } from '../testEditor.ts';
import { TestWindow } from '../testWindow.ts';
import { replace } from '../replace.ts';
import { integrationSuite } from '../suite.ts';

describe('the context key of the commands that need a signed-in account', () => {
  const suite = integrationSuite({ editor: () => new TestEditor() });
  let told: unknown[];

  /** Resolves when a read of the sessions that has begun would have ended: one that begins now has ended. */
  async function settled(): Promise<void> {
    using later = new TestWindow(suite.editor.storage);
    await later.store.all();
    await new Promise(setImmediate);
  }

  beforeEach(() => {
    told = [];
    suite.use(
      replace(vscode.commands, {
        executeCommand: (command: string, key: string, value: unknown) => {
          const isOurs = command === 'setContext' && key === 'spotify-authentication.signedIn';
          if (isOurs) told.push(value);
          return Promise.resolve();
        },
      }),
    );
  });

  it('reads no session until it is updated, and is then set once', async () => {
    const { window, storage } = suite.editor;
    const context = suite.use(new SignedInContext(window.store, window.context.log));
    await window.provider.createSession(SCOPES);
    using opened = new TestWindow(storage);
    const late = suite.use(new SignedInContext(opened.store, opened.context.log));
    await settled();
    assert.deepEqual(told, [false, true]);
    late.update();
    await eventually(() => told.length === 3);
    context.update();
    await settled();
    assert.deepEqual(told, [false, true, true]);
  });

  it('does not read the sessions itself, and is set whenever the listed sessions change its value', async () => {
    const { window, storage } = suite.editor;
    suite.use(new SignedInContext(window.store, window.context.log));
    await settled();
    assert.equal(storage.secrets.reads, 0);
    assert.deepEqual(told, []);
    await window.provider.getSessions(undefined);
    await eventually(() => told.length === 1);
    const { id } = await window.provider.createSession(SCOPES);
    const other = await window.provider.createSession(['user-top-read']);
    await window.provider.removeSession(other.id);
    await window.age({ suspendedAt: Date.now() / 1000 });
    await eventually(() => told.length === 3);
    await window.provider.createSession(SCOPES);
    await window.provider.removeSession(id);
    await eventually(() => told.length === 5);
    assert.deepEqual(told, [false, true, false, true, false]);
  });

  it('is right in a window that opens later, and after a sign-out in another window', async () => {
    const { editor } = suite;
    await editor.window.provider.createSession(SCOPES);
    using opened = new TestWindow(editor.storage);
    suite.use(new SignedInContext(opened.store, opened.context.log));
    await opened.provider.getSessions(undefined);
    await eventually(() => told.length === 1);
    await editor.window.provider.removeSession(editor.storage.record().id);
    await eventually(() => told.length === 2);
    assert.deepEqual(told, [true, false]);
  });
});
