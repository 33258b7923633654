import assert from 'node:assert/strict';
import { signOut } from '../../../src/commands/signOut.ts';
import { readyFaults } from '../../spotify/index.ts';
import { SCOPES } from '../asConsumer.ts';
import { eventually } from '../eventually.ts';
import { MovedClock } from '../movedClock.ts';
import type { ShownMessage } from '../shownMessages.ts';
import { TestEditor } from '../testEditor.ts';
import { integrationSuite } from '../suite.ts';

const DAY = 24 * 3600;
const SIGNED_IN = 'You are signed in to Spotify as Alva Lind.';

/** About `unlessAnswered` in src/signIn/answeringSession.ts. */
describe('a button of a message whose cause is gone', () => {
  const suite = integrationSuite({ editor: () => new TestEditor() });

  const provider = () => suite.editor.window.provider;
  const consents = () => suite.spotify.requests.count('authorize');

  /** Presses the button, and expects that the user is told of the account, and that nothing opens. */
  async function saysSo(message: ShownMessage, button: string): Promise<void> {
    const { greetings } = suite.editor.messages;
    const before = { greetings: greetings.length, consents: consents() };
    message.answer(button);
    await eventually(() => greetings.length > before.greetings);
    assert.equal(greetings.at(-1)?.text, SIGNED_IN);
    assert.equal(consents(), before.consents);
  }

  /** Presses the button, and expects that it opens Spotify’s page. */
  async function opens(message: ShownMessage, button: string): Promise<void> {
    const before = consents();
    message.answer(button);
    await eventually(() => consents() > before);
    await suite.editor.messages.waitFor(/^You are signed in to Spotify as Alva Lind\./);
  }

  describe('about a session that Spotify has ended', () => {
    let message: ShownMessage;

    beforeEach(async () => {
      const { spotify, editor } = suite;
      await provider().createSession(SCOPES);
      const { token } = editor.storage.record();
      await editor.window.age({ token: { ...token, expiresAt: Date.now() / 1000 - 1 } });
      spotify.faults.next(1, readyFaults.falseInvalidGrant);
      assert.deepEqual(await provider().getSessions(SCOPES), []);
      message = await editor.messages.waitFor(/^Spotify has ended the session of Alva Lind\./);
      editor.messages.greetings.length = 0;
    });

    for (const scopes of [SCOPES, [...SCOPES, 'user-top-read']]) {
      it(`opens nothing after a sign-in for ${scopes.length} scope(s)`, async () => {
        await provider().createSession(scopes);
        await saysSo(message, 'Sign In Again');
      });
    }

    it('opens Spotify’s page after a sign-in to another account', async () => {
      const { spotify } = suite;
      spotify.behaviour.consent = { agreeAs: 'noor' };
      await provider().createSession([...SCOPES, 'user-top-read']);
      suite.editor.messages.greetings.length = 0;
      spotify.behaviour.consent = { agreeAs: 'alva' };
      await opens(message, 'Sign In Again');
    });

    it('opens Spotify’s page after a sign-in for other scopes', async () => {
      await provider().createSession(['user-top-read']);
      suite.editor.messages.greetings.length = 0;
      await opens(message, 'Sign In Again');
    });
  });

  it('about a session that ends soon opens nothing after a new consent, and Spotify’s page before', async () => {
    const { editor } = suite;
    await provider().createSession(SCOPES);
    using clock = new MovedClock();
    clock.aheadSeconds = 170 * DAY;
    await provider().getSessions(SCOPES);
    const message = await editor.messages.waitFor(
      /^Spotify ends the session of Alva Lind in 11 days/,
    );
    await provider().createSession(SCOPES);
    await saysSo(message, 'Sign In Again');

    clock.aheadSeconds += 170 * DAY;
    await provider().getSessions(SCOPES);
    const later = await eventually(() => editor.messages.all[1]);
    editor.messages.greetings.length = 0;
    await opens(later, 'Sign In Again');
  });

  describe('about a sign-in that has failed', () => {
    async function fail(): Promise<ShownMessage> {
      const { spotify, editor } = suite;
      spotify.behaviour.consent = 'deny';
      await assert.rejects(provider().createSession(SCOPES));
      spotify.behaviour.consent = { agreeAs: 'alva' };
      return editor.messages.waitFor(/^You declined access on Spotify’s page/);
    }

    it('opens nothing after another sign-in', async () => {
      const message = await fail();
      await provider().createSession(SCOPES);
      await saysSo(message, 'Try Again');
    });

    it('opens Spotify’s page if there was a session before, because the user wanted another', async () => {
      await provider().createSession(SCOPES);
      const message = await fail();
      suite.editor.messages.greetings.length = 0;
      await opens(message, 'Try Again');
    });
  });

  it('that says that you are not signed in opens nothing after a sign-in', async () => {
    const { editor } = suite;
    await signOut(editor.window.context);
    const message = await editor.messages.waitFor(/^You are not signed in to Spotify/);
    await provider().createSession(SCOPES);
    await saysSo(message, 'Sign In');
  });
});
