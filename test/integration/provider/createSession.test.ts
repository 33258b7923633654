import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { SCOPES } from '../asConsumer.ts';
import { HeldTimers } from '../heldTimers.ts';
import { TestEditor } from '../testEditor.ts';
import { integrationSuite } from '../suite.ts';

const MINUTE_MS = 60_000;

/** About src/provider/authenticationProvider.ts and src/signIn/signInRequests.ts. */
describe('createSession', () => {
  const suite = integrationSuite({ editor: () => new TestEditor() });

  const labels = () => suite.editor.storage.records().map(({ account }) => account.label);

  /** Requests a session of Alva while the browser is signed in as Noor. */
  async function askForAlvaAsNoor() {
    const { spotify } = suite;
    const { window, messages } = suite.editor;
    const alva = await window.provider.createSession(SCOPES);
    spotify.behaviour.consent = { agreeAs: 'noor' };
    spotify.requests.clear();
    const asked = window.provider.createSession(['user-top-read'], { account: alva.account });
    const question = await messages.waitFor(/^You signed in to Spotify as Noor Haddad, but Alva/);
    return { asked, question };
  }

  it('stores nothing if the user signs in with another account than the requested one', async () => {
    const { window, messages } = suite.editor;
    const { asked, question } = await askForAlvaAsNoor();
    assert.deepEqual(question.buttons, ['Sign In Again']);
    question.answer();
    await assert.rejects(asked, vscode.CancellationError);
    assert.deepEqual(labels(), ['Alva Lind']);
    assert.deepEqual([window.events.length, messages.all.length], [1, 1]);
  });

  it('lets the user choose the account again on Spotify’s page', async () => {
    const { spotify } = suite;
    const { messages } = suite.editor;
    const { asked, question } = await askForAlvaAsNoor();
    spotify.behaviour.consent = { agreeAs: 'alva' };
    question.answer('Sign In Again');
    assert.equal((await asked).account.label, 'Alva Lind');
    const dialogs = spotify.requests.to('authorize').map(({ query }) => query.get('show_dialog'));
    assert.deepEqual(dialogs, [null, 'true']);
    assert.deepEqual(labels(), ['Alva Lind', 'Alva Lind']);
    assert.equal(messages.all.length, 1);
  });

  it('rejects with a cancellation after five minutes, and still stores a session that comes later', async () => {
    const { spotify } = suite;
    const { window, messages } = suite.editor;
    using timers = new HeldTimers();
    spotify.behaviour.consent = 'ask';
    const asked = window.provider.createSession(SCOPES);
    while (spotify.pending.size === 0) await new Promise((resolve) => setImmediate(resolve));
    timers.pass(5 * MINUTE_MS);
    await assert.rejects(asked, vscode.CancellationError);
    assert.deepEqual(await window.provider.getSessions(SCOPES), []);

    const [url] = window.opened;
    spotify.behaviour.consent = { agreeAs: 'alva' };
    await fetch(String(url));
    while (window.events.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const [session] = await window.provider.getSessions(SCOPES);
    assert.deepEqual(window.events, [{ added: [session?.id], changed: [], removed: [] }]);
    await messages.waitFor(/^You are signed in to Spotify as Alva Lind\./);
  });

  it('waits ten minutes for Spotify’s page, and then tells the user', async () => {
    const { spotify } = suite;
    const { window, messages } = suite.editor;
    using timers = new HeldTimers();
    spotify.behaviour.consent = 'ask';
    const asked = window.provider.createSession(SCOPES);
    while (spotify.pending.size === 0) await new Promise((resolve) => setImmediate(resolve));
    timers.pass(10 * MINUTE_MS);
    await assert.rejects(asked, vscode.CancellationError);
    const { buttons } = await messages.waitFor(/^No answer from Spotify’s page arrived in time/);
    assert.deepEqual(buttons, ['Try Again', 'Try Another Way']);
    assert.deepEqual(labels(), []);
  });
});
