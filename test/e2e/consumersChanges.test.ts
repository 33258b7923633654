import assert from 'node:assert/strict';
import type { Consumer } from './consumers/consumer.ts';
import type { ConsumerEditor } from './consumers/consumerEditor.ts';
import { shareConsumerEditor } from './consumers/sharedConsumerEditor.ts';

const SCOPES = ['user-read-private'];

/** About src/sessions/sessionChangeEvent.ts and src/provider/authenticationProvider.ts. */
describe('extensions, whether or not the user has allowed them,', function () {
  this.timeout(180_000);
  const shared = shareConsumerEditor({ desktopLike: 'local' });
  let window: ConsumerEditor;

  beforeEach(() => (window = shared.current));

  const consumersOfNextWindow = () =>
    Promise.all(
      (['Consumer A', 'Consumer B', 'Consumer Web'] as const).map((name) => window.consumer(name)),
    );

  it('learn the names of the accounts', async () => {
    const [a, b, web] = await consumersOfNextWindow();
    assert.ok(a && b && web);
    assert.deepEqual(await b.run('getAccounts'), []);
    const { account } = await window.signIn(a, 'Alva Lind', SCOPES);
    assert.deepEqual(await b.run('getAccounts'), [account]);
    assert.deepEqual(await web.run('getAccounts'), [account]);
    assert.deepEqual(account, { id: account.id, label: 'Alva Lind' });
    assert.equal(await b.silentSession(SCOPES), undefined);
  });

  it('get one event for each sign-in, new token and sign-out, in every window and host', async () => {
    const { editor } = window;
    const first = await consumersOfNextWindow();
    await editor.openWindow();
    const all = [...first, ...(await consumersOfNextWindow())];
    const [a] = first;
    assert.ok(a);
    const nothing = await changesOf(all);
    // A token for 30 s counts as expired at the next request, so that request refreshes it.
    editor.spotify.behaviour.expiresIn = 30;
    await window.signIn(a, 'Alva Lind', SCOPES);
    editor.spotify.behaviour.expiresIn = 3600;
    const signedIn = await untilChanges(all, nothing);

    await Promise.all(all.map((consumer) => consumer.run('askAtChanges', SCOPES)));
    const session = await a.silentSession(SCOPES);
    const refreshed = await untilChanges(all, signedIn);
    assert.deepEqual(await a.silentSession(SCOPES), session);
    assert.equal(editor.spotify.requests.count('token', 'refresh_token'), 1);
    assert.deepEqual(
      refreshed.map((count, index) => count - (signedIn[index] ?? 0)),
      all.map(() => 1),
    );
    assert.deepEqual(await changesOf(all), refreshed, 'the requests have caused events');

    await editor.signOut('Alva Lind');
    await untilChanges(all, refreshed);
    assert.equal(await a.silentSession(SCOPES), undefined);
  });
});

const changesOf = (consumers: readonly Consumer[]): Promise<number[]> =>
  Promise.all(consumers.map((consumer) => consumer.run('countChanges')));

const untilChanges = (all: readonly Consumer[], moreThan: readonly number[]): Promise<number[]> =>
  Promise.all(all.map((consumer, index) => consumer.untilChanges(moreThan[index] ?? 0)));
