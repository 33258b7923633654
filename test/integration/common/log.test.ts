import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { LazyLog } from '../../../src/common/log.ts';
import { readyFaults } from '../../spotify/index.ts';
import { SCOPES } from '../asConsumer.ts';
import { TestEditor } from '../testEditor.ts';
import { replace } from '../replace.ts';
import { integrationSuite } from '../suite.ts';

const EXPIRED = { expiresAt: 0 };

describe('the log', () => {
  const suite = integrationSuite({ editor: () => new TestEditor() });

  /** The lines without their id, which must be the same in all of them. Clears the log. */
  function linesOfOne(): string[] {
    const { window } = suite.editor;
    const found = window.log.map((line) => /^\[([a-z\d]{4})\] (.*)/s.exec(line) ?? []);
    assert.equal(new Set(found.map(([, id]) => id)).size, 1, window.log.join('\n'));
    window.log.length = 0;
    return found.map(([, , text]) => String(text));
  }

  it('has the steps of a sign-in under one id', async () => {
    await suite.editor.window.provider.createSession(SCOPES);
    const lines = linesOfOne();
    assert.match(String(lines[1]), /^Flows: loopback \(yes\)/);
    lines.splice(1, 1);
    assert.deepEqual(lines.map(roundly), [
      'A sign-in for 1 scope(s) has begun.',
      'The flow is loopback.',
      'Spotify’s page was opened.',
      'The answer came by loopback.',
      'Spotify has issued a token for 1 scope(s) and 3600 s.',
      'Spotify has named the account.',
      'Signed in for 1 scope(s).',
    ]);
  });

  it('says that the user declined a sign-in', async () => {
    const { spotify } = suite;
    const { window } = suite.editor;
    spotify.behaviour.consent = 'deny';
    await assert.rejects(window.provider.createSession(SCOPES));
    assert.match(String(linesOfOne().at(-1)), /^Sign-in failed\. AuthorizationDeniedError/);
  });

  it('has the steps of a refresh under one id, and those of the next under another', async () => {
    const { editor } = suite;
    const { window } = editor;
    await window.provider.createSession(SCOPES);
    const { token } = editor.storage.record();
    window.log.length = 0;
    for (let refresh = 0; refresh < 2; refresh++) {
      await window.age({ token: { ...token, ...EXPIRED } });
      await window.provider.getSessions(SCOPES);
    }
    const ids = window.log.splice(2).map((line) => line.slice(0, 6));
    assert.deepEqual(linesOfOne().map(roundly), [
      'A refresh has begun.',
      'The refresh brought a token for 3600 s.',
    ]);
    assert.ok(ids.length === 2 && ids[0] === ids[1]);
  });

  it('holds no secret, even before it is redacted', async () => {
    const { spotify, editor } = suite;
    const { window } = editor;
    await window.provider.createSession(SCOPES);
    const { token } = editor.storage.record();
    const expire = () => window.age({ token: { ...token, ...EXPIRED } });
    const refresh = async () => {
      await expire();
      await window.provider.getSessions(SCOPES).catch(() => undefined);
    };
    await refresh();
    // Invalid answers, and answers that repeat the request.
    for (const fault of [
      { status: 200, body: JSON.stringify({ access_token: token.accessToken }) },
      { status: 400, body: JSON.stringify({ error: token.refreshToken, x: token.refreshToken }) },
      readyFaults.falseInvalidGrant,
    ]) {
      spotify.faults.next(1, { on: 'token', ...fault });
      await refresh();
    }
    for (const on of ['token', 'me'] as const) {
      const body = () =>
        JSON.stringify(Object.fromEntries(spotify.requests.to('token').at(-1)?.form ?? []));
      spotify.faults.next(1, { on, status: 400, body: body() });
      await window.provider.createSession(['user-top-read']).catch(() => undefined);
    }
    await window.links.handleUri({ query: `code=${String(token.refreshToken)}&state=other` });
    assert.ok(window.log.length > 20, window.log.join('\n'));
    assertHoldsNone(window.log.join('\n'));
  });

  it('redacts secrets, and remembers the latest problems', () => {
    const written: string[] = [];
    const write = (line: string) => void written.push(line);
    const channel = { debug: write, info: write, warn: write, error: write };
    using replaced = replace(vscode.window, { createOutputChannel: () => channel });
    assert.ok(replaced);
    const log = new LazyLog();
    assert.equal(log.problems.length, 0);
    for (const level of ['debug', 'info', 'warn', 'error'] as const) log[level]('code=AQsecret');
    assert.deepEqual(written, Array(4).fill('code=***'));
    for (let count = 0; count < 30; count++) log.warn(`problem ${count}`);
    assert.equal(log.problems.length, 20);
    const { level, text } = log.problems.at(-1) ?? {};
    assert.deepEqual([level, text], ['warn', 'problem 29']);
  });

  /** Expects that `text` holds none of the secrets that the stand-in has sent or received. */
  function assertHoldsNone(text: string): void {
    const { spotify } = suite;
    const { codes, accessTokens, refreshTokens } = spotify.tokens;
    const given = [codes, accessTokens, refreshTokens].flatMap((values) => [...values.keys()]);
    const got = spotify.requests.all.flatMap(({ query, form }) =>
      ['state', 'code_verifier', 'code_challenge', 'client_id'].flatMap((name) => [
        ...query.getAll(name),
        ...form.getAll(name),
      ]),
    );
    assert.ok(given.length > 3 && got.length > 3);
    for (const secret of [...given, ...got]) assert.ok(!text.includes(secret), text);
  }
});

/** The line with its seconds rounded to minutes. */
const roundly = (line: string): string =>
  line.replace(/(\d+) s\./, (_, seconds: string) => `${Math.round(Number(seconds) / 60) * 60} s.`);
