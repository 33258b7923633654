import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type Fault, readyFaults } from '../../spotify/index.ts';
import { SCOPES } from '../asConsumer.ts';
import { InteractiveEditor } from '../interactiveEditor.ts';
import { ShownBox } from '../shownInput.ts';
import { integrationSuite } from '../suite.ts';

/** In a notification VS Code would show this text as a link that opens a terminal. */
const EVIL = '[click](command:workbench.action.terminal.new) EVIL';
/** `parseLinkedText` of VS Code. */
const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)/gi;

const json = (status: number, body: unknown): Fault => ({
  status,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});
const page = (status: number): Fault => ({
  status,
  headers: { 'Content-Type': 'text/html' },
  body: `<!doctype html><title>${EVIL}</title><a href="command:x">${EVIL}</a>`,
});
const oauthError = (error: string): Fault =>
  json(400, { error, error_description: EVIL, error_uri: EVIL });
const webApiError = (status: number, message: string): Fault =>
  json(status, { error: { status, message, reason: EVIL } });

/** Answers of the token endpoint to a code or a refresh token. */
const tokenAnswers: Record<string, Fault> = {
  invalid_grant: oauthError('invalid_grant'),
  invalid_client: oauthError('invalid_client'),
  'an unknown error code': oauthError(EVIL),
  'an error page': page(400),
  'a page in place of a token': page(200),
  'a token of an unknown type': json(200, { access_token: 'x', token_type: EVIL, expires_in: 9 }),
  'a 429': { ...readyFaults.quotaExceeded(), body: EVIL },
};

const profileAnswers: Record<string, Fault> = {
  'a refused user': webApiError(403, EVIL),
  'a refused owner': webApiError(403, `Premium ${EVIL}`),
  'a refused token': webApiError(401, EVIL),
  'a redirect': { status: 302, headers: { Location: `/${encodeURIComponent(EVIL)}` }, body: EVIL },
  'a page in place of a profile': page(200),
  'a profile without an ID': json(200, { display_name: EVIL, email: EVIL }),
  'a 429': { ...readyFaults.quotaExceeded(), body: EVIL },
};

const callbacks: Record<string, Record<string, string>> = {
  server_error: { error: 'server_error', error_description: EVIL, error_uri: EVIL },
  access_denied: { error: 'access_denied', error_description: EVIL },
  'an unknown error code': { error: EVIL },
};

/** About src/messages/plainText.ts and every message with a text from outside. */
describe('a text from Spotify’s server', () => {
  const suite = integrationSuite({ editor: () => new InteractiveEditor() });

  const ask = () => suite.editor.window.provider.createSession(SCOPES);

  /** All texts that the user was shown so far. */
  function shown(): string {
    const { editor } = suite;
    const { all, greetings } = editor.messages;
    const messages = [...all, ...greetings].flatMap(({ text, detail, buttons }) => [
      text,
      detail ?? '',
      ...buttons,
    ]);
    const progress = editor.progress.all.flatMap(({ title, said }) => [title ?? '', ...said]);
    const inputs = editor.inputs.all.flatMap((input) =>
      input instanceof ShownBox
        ? [input.title, input.prompt, input.placeholder, input.complaint]
        : [input.title, ...input.labels, ...input.details],
    );
    return [...messages, ...progress, ...inputs].join('\n');
  }

  async function failsQuietly(): Promise<void> {
    await assert.rejects(ask(), vscode.CancellationError);
    assert.equal(suite.editor.messages.all.length, 1, 'the user got no message');
    assert.doesNotMatch(shown(), /EVIL/);
  }

  for (const [what, query] of Object.entries(callbacks)) {
    it(`is not shown when the browser returns with ${what}`, async () => {
      suite.editor.window.browse = (url) => {
        const { searchParams } = new URL(url);
        const back = new URL(searchParams.get('redirect_uri') ?? '');
        const state = searchParams.get('state') ?? '';
        back.search = new URLSearchParams({ ...query, state }).toString();
        void fetch(back);
      };
      await failsQuietly();
    });
  }

  for (const [what, fault] of Object.entries(tokenAnswers)) {
    it(`is not shown when the answer to a code is ${what}`, async () => {
      const { spotify } = suite;
      spotify.faults.next(1, { on: 'token', ...fault });
      await failsQuietly();
      assert.deepEqual(spotify.faults.waiting, []);
    });

    it(`is neither shown nor given to an extension when the answer to a refresh is ${what}`, async () => {
      const { spotify, editor } = suite;
      await ask();
      const { token } = editor.storage.record();
      await editor.window.age({ token: { ...token, expiresAt: 1 } });
      spotify.faults.next(1, { on: 'token', ...fault });
      const told = await editor.window.provider.getSessions(SCOPES).then(
        (sessions) => JSON.stringify(sessions),
        (error: unknown) => String(error),
      );
      assert.deepEqual(spotify.faults.waiting, []);
      await editor.window.allMessagesShown();
      assert.doesNotMatch(told + shown(), /EVIL/);
    });
  }

  for (const [what, fault] of Object.entries(profileAnswers)) {
    it(`is not shown when the answer for the profile is ${what}`, async () => {
      const { spotify } = suite;
      spotify.faults.next(1, { on: 'me', ...fault });
      await failsQuietly();
      assert.deepEqual(spotify.faults.waiting, []);
    });
  }

  it('does not become a link when it is the name of a user', async () => {
    const { spotify, editor } = suite;
    const [alva, noor] = spotify.users.values();
    assert.ok(alva && noor);
    alva.displayName = `Alva ${EVIL}`;
    noor.displayName = `Noor ${EVIL}`;
    spotify.faults.next(1, { on: 'me', ...readyFaults.quotaExceeded() });
    await assert.rejects(ask());
    const [failure] = editor.messages.all;
    failure?.answer('Try Again');
    await editor.messages.waitFor(/^You are signed in to Spotify as Alva \[click\]/);

    const { account, token } = editor.storage.record();
    assert.equal(account.label, alva.displayName, 'the stored name was changed');
    await editor.window.age({ token: { ...token, expiresAt: 1 } });
    spotify.faults.next(1, { on: 'token', ...oauthError('invalid_grant') });
    assert.deepEqual(await editor.window.provider.getSessions(SCOPES), []);
    const ended = await editor.messages.waitFor(/^Spotify has ended the session of Alva \[click\]/);

    spotify.behaviour.consent = { agreeAs: noor.id };
    ended.answer('Sign In Again');
    await editor.messages.waitFor(/^You signed in to Spotify as Noor \[click\].*Alva \[click\]/);
    assert.deepEqual(foreignLinks(shown()), []);
  });

  it('does not become a link when it is a scope or the redirect URI in the settings', async () => {
    const { editor } = suite;
    const asked = editor.window.provider.createSession([EVIL]);
    const question = await editor.messages.waitFor(/does not document: /);
    question.answer('Ask Anyway');
    await editor.page();
    await editor.hint();
    editor.click('What does the page say?');
    (await editor.inputs.pick()).choose('Illegal scope');
    await editor.inputs.pick();
    editor.progress.latest.cancel();
    await assert.rejects(asked);

    process.env['SPOTIFY_SDK_REDIRECT_URI'] = EVIL;
    await assert.rejects(ask());
    delete process.env['SPOTIFY_SDK_REDIRECT_URI'];
    await editor.messages.waitFor(/is not a valid URI/);
    assert.deepEqual(foreignLinks(shown()), []);
  });
});

/** The links that do not run a command of this extension. */
function foreignLinks(text: string): string[] {
  const targets = [...text.matchAll(LINK)].map(([, , target = '']) => target);
  return targets.filter((target) => !target.startsWith('command:spotify-authentication.'));
}
