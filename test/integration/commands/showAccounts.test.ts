import assert from 'node:assert/strict';
import { showAccounts } from '../../../src/commands/showAccounts.ts';
import { configuredClientId } from '../../../src/common/configuration.ts';
import { SCOPES } from '../asConsumer.ts';
import { eventually } from '../eventually.ts';
import { InteractiveEditor } from '../interactiveEditor.ts';
import { ShownPick } from '../shownInput.ts';
import { integrationSuite } from '../suite.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
const now = () => Date.now() / 1000;
const ALVA = 'Alva Lind';
const ACTIONS = [
  'Refresh Access Token',
  'Copy Access Token',
  'Manage Access on Spotify',
  'Sign Out',
];

describe('the command Show Accounts', () => {
  const suite = integrationSuite({ editor: () => new InteractiveEditor() });

  const signIn = (name = 'alva', scopes = SCOPES) => {
    const { spotify, editor } = suite;
    spotify.behaviour.consent = { agreeAs: name };
    return editor.window.context.signIn.run({ scopes });
  };
  const show = async () => {
    const { editor } = suite;
    await showAccounts(editor.window.context);
    return editor.inputs.list('Spotify Accounts');
  };
  const rows = () => {
    const { open } = suite.editor.inputs;
    return open && 'items' in open ? open.items : [];
  };

  it('shows the account, the scopes and the end of each session', async () => {
    const { spotify, editor } = suite;
    await signIn();
    const { token } = editor.storage.record();
    const consentedAt = now() - 81.5 * DAY;
    await editor.window.age({ consentedAt, token: { ...token, expiresAt: now() + 47.5 * 60 } });
    await signIn('noor', ['user-top-read', 'user-read-email']);
    const list = await show();
    assert.equal(list.title, 'Spotify Accounts');
    assert.deepEqual(list.labels, [ALVA, 'Noor Haddad']);
    assert.deepEqual(list.activeItems, [list.item(ALVA)], 'Enter would do nothing');
    const alvas = list.item(ALVA);
    assert.equal(alvas.description, 'user-read-private');
    const ends = new Date((consentedAt + 181 * DAY) * 1000);
    const day = ends.toLocaleDateString('en', { dateStyle: 'medium' });
    const client = configuredClientId()?.slice(0, 6) ?? '';
    assert.equal(
      alvas.detail,
      `Token expires in 47 minutes · consent ends in 99 days, ${day} · client ID ${client}…`,
    );
    assert.deepEqual(
      alvas.buttons?.map(({ tooltip }) => tooltip),
      ACTIONS,
    );
    assert.equal(list.item('Noor Haddad').description, 'user-top-read, user-read-email');
    assert.deepEqual(spotify.requests.count('token', 'refresh_token'), 0);
  });

  it('shows of an old session that its token and its consent have ended', async () => {
    const { editor } = suite;
    await signIn();
    const { token } = editor.storage.record();
    await editor.window.age({
      consentedAt: now() - 200 * DAY,
      token: { ...token, expiresAt: now() - 2.5 * HOUR },
    });
    const { detail } = (await show()).item(ALVA);
    assert.match(
      detail ?? '',
      /^Token expired 2 hours ago and is renewed when needed · consent has ended/,
    );
  });

  it('stays open and busy during a refresh, keeps the active item, and shows the new token', async () => {
    const { editor } = suite;
    await signIn('noor');
    await signIn();
    const alvas = editor.storage.records().find(({ account }) => account.label === ALVA);
    assert.ok(alvas);
    const old = { consentedAt: now() - HOUR, token: { ...alvas.token, expiresAt: now() + 400 } };
    await editor.window.age(old, alvas);
    const list = await show();
    list.activeItems = [list.item(ALVA)];
    assert.match(list.item(ALVA).detail ?? '', /in 6 minutes/);
    list.pressItem(ALVA, 'Refresh Access Token');
    assert.equal(list.busy, true);
    await eventually(() => !list.busy);
    assert.match(list.item(ALVA).detail ?? '', /in 59 minutes/);
    assert.deepEqual([list.isOpen, list.activeItems], [true, [list.item(ALVA)]]);
    await editor.messages.waitFor(/^Alva Lind has a new access token/);
  });

  it('closes before the question whether to copy', async () => {
    const { editor } = suite;
    await signIn();
    const list = await show();
    list.pressItem(ALVA, 'Copy Access Token');
    (await editor.messages.waitFor(/^Copy the access token/)).answer('Copy');
    await editor.messages.waitFor(/is copied/);
    assert.equal(list.isOpen, false);
    assert.equal(editor.outside.copied, editor.storage.record().token.accessToken);
  });

  it('opens the list of apps in the Spotify account', async () => {
    await signIn();
    (await show()).pressItem(ALVA, 'Manage Access on Spotify');
    assert.deepEqual(suite.editor.outside.opened, ['https://www.spotify.com/account/apps/']);
  });

  it('signs out one of several sessions', async () => {
    const { editor } = suite;
    await signIn();
    await signIn('alva', ['user-top-read']);
    (await show()).pressItem(ALVA, 'Sign Out');
    (await editor.messages.waitFor(/^Sign out of one session/)).answer('Sign Out');
    await editor.messages.waitFor(/^One session of Alva Lind is signed out here/);
    assert.deepEqual(editor.storage.record().scopes, ['user-top-read']);
  });

  it('offers the actions in a second list, for the keyboard', async () => {
    const { editor } = suite;
    await signIn();
    (await show()).choose(ALVA);
    const pick = await editor.inputs.pick();
    assert.deepEqual([pick.title, pick.labels], [ALVA, ACTIONS]);
    assert.ok(pick.details.every((detail) => detail));
    pick.choose('Refresh Access Token');
    await editor.messages.waitFor(/^The access token of Alva Lind was not refreshed/);
  });

  it('does nothing if the user closes the second list', async () => {
    const { editor } = suite;
    await signIn();
    (await show()).choose(ALVA);
    const pick = await editor.inputs.pick();
    assert.ok(pick instanceof ShownPick);
    pick.close();
    await editor.window.allMessagesShown();
    assert.deepEqual(editor.messages.all, []);
  });

  it('signs in with another account, by the button in its title', async () => {
    const { spotify, editor } = suite;
    await signIn();
    const list = await show();
    spotify.behaviour.consent = { agreeAs: 'noor' };
    list.press('Sign In with Another Account');
    await editor.messages.waitFor(/^You are signed in to Spotify as Noor Haddad\./);
    assert.equal(list.isOpen, false);
  });

  it('offers to sign in if no account is signed in, and follows every change', async () => {
    const { editor } = suite;
    const list = await show();
    assert.deepEqual(
      [list.labels, list.placeholder],
      [['Sign In'], 'You are not signed in to Spotify'],
    );
    assert.deepEqual(list.buttons, []);
    const { id } = await signIn();
    await eventually(() => rows()[0]?.label === ALVA);
    assert.equal(list.buttons.length, 1);
    await editor.window.provider.removeSession(id);
    await eventually(() => rows()[0]?.label === 'Sign In');
    list.choose('Sign In');
    await editor.messages.waitFor(/^You are signed in to Spotify as Alva Lind\./);
  });

  it('does not list a session that Spotify has ended', async () => {
    await signIn();
    await suite.editor.window.age({ suspendedAt: now() });
    assert.deepEqual((await show()).labels, ['Sign In']);
  });
});
