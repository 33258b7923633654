import assert from 'node:assert/strict';
import { isSignInOffered } from '../../../src/common/configuration.ts';
import { DEFAULT_SCOPES, OFFERED_SCOPES } from '../../../src/provider/scopeLists.ts';
import { eventually } from '../eventually.ts';
import { InteractiveEditor } from '../interactiveEditor.ts';
import { Settings } from '../settings.ts';
import { integrationSuite } from '../suite.ts';

const BUTTON = 'Don’t Offer Again';

/** About src/provider/offerSignIn.ts and src/signIn/signInRequests.ts. */
describe('an offer to sign in that the user declines', () => {
  const suite = integrationSuite({ editor: () => new InteractiveEditor() });
  beforeEach(() => suite.use(new Settings()).set('offerSignIn', undefined));

  async function cancel(scopes: readonly string[]): Promise<void> {
    const { spotify, editor } = suite;
    spotify.behaviour.consent = 'ask';
    const asked = editor.window.provider.createSession(scopes);
    await editor.page();
    editor.progress.latest.cancel();
    await assert.rejects(asked);
  }

  it('has a button that turns the offer off', async () => {
    const { messages } = suite.editor;
    await cancel(OFFERED_SCOPES);
    const message = await messages.waitFor(/^You are not signed in to Spotify\. The Accounts menu/);
    assert.deepEqual(message.buttons, [BUTTON]);
    assert.equal(isSignInOffered(), true);
    message.answer(BUTTON);
    await eventually(() => !isSignInOffered());
  });

  it('has the button, too, if the user declines on Spotify’s page', async () => {
    const { spotify, editor } = suite;
    spotify.behaviour.consent = 'deny';
    await assert.rejects(editor.window.provider.createSession(OFFERED_SCOPES));
    const message = await editor.messages.waitFor(/^You declined access on Spotify’s page/);
    assert.deepEqual(message.buttons, ['Try Again', BUTTON]);
    assert.equal(editor.messages.all.length, 1);
    message.answer(BUTTON);
    await eventually(() => !isSignInOffered());
  });

  it('is not a request of an extension, after which nothing is said', async () => {
    const { spotify, editor } = suite;
    await cancel(DEFAULT_SCOPES);
    assert.deepEqual(editor.messages.texts, []);
    spotify.behaviour.consent = 'deny';
    await assert.rejects(editor.window.provider.createSession(DEFAULT_SCOPES));
    const message = await editor.messages.waitFor(/^You declined access on Spotify’s page/);
    assert.deepEqual(message.buttons, ['Try Again']);
  });
});
