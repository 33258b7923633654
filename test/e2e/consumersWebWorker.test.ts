import assert from 'node:assert/strict';
import { readyFaults } from '../spotify/index.ts';
import { NEWEST_EDITOR, OLDEST_EDITOR } from '../vscode/serverBuild.ts';
import { ConsumerEditor } from './consumers/consumerEditor.ts';

const SCOPES = ['user-read-private'];

/** About src/extension.ts with a consumer in another extension host. */
describe('an extension in the web-worker extension host', function () {
  this.timeout(300_000);
  let window: ConsumerEditor;

  afterEach(() => window.close());

  for (const version of [NEWEST_EDITOR, OLDEST_EDITOR] as const) {
    it(`gets a session from our extension in the Node host, uses its token, and gets events, in ${version}`, async () => {
      window = await ConsumerEditor.open({ version });
      const { editor } = window;
      const { spotify } = editor;
      const consumer = await window.consumer('Consumer Web');
      assert.deepEqual(await consumer.run('globalTypes'), {
        process: 'undefined',
        WorkerGlobalScope: 'function',
      });
      assert.equal(await consumer.silentSession(SCOPES), undefined);

      const before = await consumer.run('countChanges');
      const { accessToken } = await window.signIn(consumer, 'Alva Lind', SCOPES);
      const signedIn = await consumer.untilChanges(before);

      const { status, body } = await consumer.run('fetchProfile', accessToken);
      assert.equal(status, 200);
      assert.equal(body.display_name, 'Alva Lind');
      const [request] = spotify.requests.to('me').slice(-1);
      assert.equal(request?.headers.authorization, `Bearer ${accessToken}`);
      assert.ok(request.headers.origin, 'the request was not sent by a browser');
      assert.equal((await consumer.silentSession(SCOPES))?.accessToken, accessToken);

      // Spotify sends a 429 without a CORS header, so the browser hides it from the extension.
      spotify.requests.clear();
      spotify.faults.next(1, { on: 'me', ...readyFaults.tooManyRequests(1) });
      await consumer.run('makeAdapters', 'silent', SCOPES, { ask: false });
      await assert.rejects(consumer.run('fetchApi', 'silent', '/v1/me'), { name: 'TypeError' });
      assert.equal(spotify.requests.count('me'), 1);

      await editor.signOut('Alva Lind');
      await consumer.untilChanges(signedIn);
      assert.equal(await consumer.silentSession(SCOPES), undefined);
    });
  }
});
