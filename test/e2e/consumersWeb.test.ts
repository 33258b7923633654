import assert from 'node:assert/strict';
import { ConsumerEditor } from './consumers/consumerEditor.ts';

const SCOPES = ['user-read-private'];

describe('an extension in the web-worker extension host', function () {
  this.timeout(180_000);
  let window: ConsumerEditor;

  before(async () => (window = await ConsumerEditor.open()));
  after(() => window.close());

  it('has the one of Node sign in, uses the token itself, and hears of changes', async () => {
    const { editor } = window;
    const consumer = await window.consumer('Consumer Web');
    assert.deepEqual(await consumer.run('globalTypes'), {
      process: 'undefined',
      WorkerGlobalScope: 'function',
    });
    assert.equal(await consumer.silently(SCOPES), undefined);

    const before = await consumer.run('countChanges');
    const { accessToken } = await window.signIn(consumer, 'Alva Lind', SCOPES);
    const signedIn = await consumer.untilChanges(before);

    const { status, body } = await consumer.run('fetchProfile', accessToken);
    assert.equal(status, 200);
    assert.equal(body.display_name, 'Alva Lind');
    const [asked] = editor.spotify.requests.to('me').slice(-1);
    assert.equal(asked?.headers.authorization, `Bearer ${accessToken}`);
    assert.ok(asked.headers.origin, 'it was no browser that asked');
    assert.equal((await consumer.silently(SCOPES))?.accessToken, accessToken);

    await editor.signOut('Alva Lind');
    await consumer.untilChanges(signedIn);
    assert.equal(await consumer.silently(SCOPES), undefined);
  });
});
