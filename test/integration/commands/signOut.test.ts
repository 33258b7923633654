import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { signOut, signOutSession } from '../../../src/commands/signOut.ts';
import { accountLabels, SCOPES } from '../asConsumer.ts';
import { InteractiveEditor } from '../interactiveEditor.ts';
import { QuickInputs } from '../quickInputs.ts';
import { replace } from '../replace.ts';
import { ShownMessages } from '../shownMessages.ts';
import { signInFromAccountsMenu } from '../signInRequest.ts';
import { integrationSuite } from '../suite.ts';

const SIGNED_OUT = /^Alva Lind( \(test server\))? is signed out here\./;

describe('the command Sign Out', () => {
  describe('by VS Code’s own command, whose question counts as confirmed in tests', () => {
    const suite = integrationSuite();
    const run = () => vscode.commands.executeCommand('spotify-authentication.signOut');

    async function signInBoth(): Promise<void> {
      await signInFromAccountsMenu(SCOPES);
      suite.spotify.behaviour.consent = { agreeAs: 'noor' };
      await signInFromAccountsMenu(['user-top-read']);
    }

    it('signs out all sessions of the only account, and says where to withdraw the access', async () => {
      await signInFromAccountsMenu(SCOPES);
      await signInFromAccountsMenu(['user-top-read']);
      using messages = new ShownMessages();
      await run();
      assert.deepEqual(await accountLabels(), []);
      const { buttons } = await messages.waitFor(SIGNED_OUT);
      assert.deepEqual([buttons, messages.all.length], [['Manage Access on Spotify'], 1]);
    });

    it('asks which of several accounts to sign out, and keeps the others', async () => {
      await signInBoth();
      using messages = new ShownMessages();
      using inputs = new QuickInputs();
      const running = run();
      const pick = await inputs.pick();
      assert.deepEqual(pick.labels, ['Alva Lind (test server)', 'Noor Haddad (test server)']);
      pick.choose('Alva Lind (test server)');
      await running;
      assert.deepEqual(await accountLabels(), ['Noor Haddad (test server)']);
      await messages.waitFor(SIGNED_OUT);
    });

    it('does nothing if the user chooses no account', async () => {
      await signInBoth();
      using messages = new ShownMessages();
      using inputs = new QuickInputs();
      const running = run();
      (await inputs.pick()).close();
      await running;
      assert.deepEqual(await accountLabels(), [
        'Alva Lind (test server)',
        'Noor Haddad (test server)',
      ]);
      assert.deepEqual(messages.all, []);
    });
  });

  describe('in a separate window', () => {
    const suite = integrationSuite({ editor: () => new InteractiveEditor() });

    const hideOwnCommand = () =>
      suite.use(replace(vscode.commands, { getCommands: () => Promise.resolve([]) }));
    const left = () => suite.editor.storage.records().map(({ account }) => account.label);

    it('says nothing if the user does not confirm VS Code’s question', async () => {
      const { editor } = suite;
      await editor.window.provider.createSession(SCOPES);
      const asked: unknown[] = [];
      suite.use(
        replace(vscode.commands, {
          getCommands: () => Promise.resolve(['_signOutOfAccount']),
          executeCommand: (...args: unknown[]) => Promise.resolve(void asked.push(args)),
        }),
      );
      await signOut(editor.window.context);
      const account = { providerId: 'spotify', accountLabel: 'Alva Lind' };
      assert.deepEqual(asked, [['_signOutOfAccount', account]]);
      assert.deepEqual([editor.messages.all, left()], [[], ['Alva Lind']]);
    });

    it('asks the user itself if VS Code has no such command, and keeps the sessions if they decline', async () => {
      const { editor } = suite;
      await editor.window.provider.createSession(SCOPES);
      hideOwnCommand();
      const running = signOut(editor.window.context);
      const question = await editor.messages.waitFor(/^Sign out of Spotify as Alva Lind\?/);
      assert.deepEqual(question.buttons, ['Sign Out']);
      assert.match(question.detail ?? '', /will have to ask you to sign in again/);
      question.answer();
      await running;
      assert.deepEqual([editor.messages.all.length, left()], [1, ['Alva Lind']]);
    });

    it('signs out all sessions if they confirm, and opens Spotify’s page if they want to', async () => {
      const { editor } = suite;
      await editor.window.provider.createSession(SCOPES);
      await editor.window.provider.createSession(['user-top-read']);
      hideOwnCommand();
      const running = signOut(editor.window.context);
      (await editor.messages.waitFor(/^Sign out/)).answer('Sign Out');
      await running;
      assert.deepEqual(left(), []);
      (await editor.messages.waitFor(SIGNED_OUT)).answer('Manage Access on Spotify');
      await new Promise((resolve) => setImmediate(resolve));
      assert.deepEqual(editor.outside.opened, ['https://www.spotify.com/account/apps/']);
    });

    it('signs out only one of several sessions', async () => {
      const { editor } = suite;
      await editor.window.provider.createSession(SCOPES);
      await editor.window.provider.createSession(['user-top-read']);
      const [first] = await editor.window.store.list();
      assert.ok(first);
      const running = signOutSession(editor.window.context, first);
      const question = await editor.messages.waitFor(/^Sign out of one session of Alva Lind\?/);
      assert.match(question.detail ?? '', /user-read-private/);
      question.answer('Sign Out');
      await running;
      assert.deepEqual(editor.storage.record().scopes, ['user-top-read']);
      await editor.messages.waitFor(/^One session of Alva Lind is signed out here\./);
    });

    it('offers to sign in if no account is signed in', async () => {
      const { editor } = suite;
      await signOut(editor.window.context);
      const { text, buttons } = await editor.messages.waitFor(/^You are not signed in/);
      assert.deepEqual([text, buttons], ['You are not signed in to Spotify.', ['Sign In']]);
    });
  });
});
