import assert from 'node:assert/strict';
import { authorize, location, REDIRECT_URI, setScene, type Scene } from './steps.ts';

describe('Spotify stand-in: consent page', () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await setScene();
    scene.spotify.behaviour.consent = 'ask';
    scene.spotify.addUser({ id: 'noor', displayName: null });
  });
  afterEach(() => scene.spotify.close());

  /** Fills in the form of a consent page. Returns a function that submits it. */
  async function formOf(page: Response, fields: Record<string, string>, cookie = '') {
    const html = await page.text();
    const action = /<form method="post" action="([^"]+)"/.exec(html)?.[1] ?? '';
    const request = /name="request" value="([^"]+)"/.exec(html)?.[1] ?? '';
    return () =>
      fetch(new URL(action, page.url), {
        method: 'POST',
        body: new URLSearchParams({ request, ...fields }),
        headers: { cookie },
        redirect: 'manual',
      });
  }

  /** Agrees as a user and returns the browser's cookie. */
  async function agreeAs(user: string, changes = {}): Promise<string> {
    const submit = await formOf(await authorize(scene, changes), { decision: 'agree', user });
    const response = await submit();
    assert.ok(location(response).searchParams.has('code'));
    return response.headers.get('set-cookie')?.split(';')[0] ?? '';
  }

  it('names the app, the users and the scopes, and cannot be framed', async () => {
    scene.app.name = 'Mixtape';
    const response = await authorize(scene, { scope: 'user-read-email streaming' });
    const html = await response.text();
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('x-frame-options'), 'deny');
    assert.equal(response.headers.get('access-control-allow-origin'), null);
    for (const text of ['Mixtape', 'Alva', 'noor', 'user-read-email', 'streaming']) {
      assert.ok(html.includes(text), text);
    }
  });

  it('escapes names in its HTML', async () => {
    scene.app.name = '<script>"&';
    assert.ok(!(await (await authorize(scene)).text()).includes('<script>'));
  });

  it('posts to a relative address, so that a proxy can add a prefix', async () => {
    const html = await (await authorize(scene)).text();
    const addresses = [...html.matchAll(/(?:action|href|src)="([^"]*)"/g)].map(([, to]) => to);
    assert.deepEqual(addresses, ['data:,', 'authorize/consent']);
  });

  it('redirects with code and state for the chosen user on Agree', async () => {
    const page = await authorize(scene, { state: 'xyz' });
    const submit = await formOf(page, { decision: 'agree', user: 'noor' });
    const { href, searchParams } = location(await submit());
    assert.ok(href.startsWith(`${REDIRECT_URI}?code=AQ`));
    assert.equal(searchParams.get('state'), 'xyz');
    const code = scene.spotify.tokens.codes.get(searchParams.get('code') ?? '');
    assert.equal(code?.authorization.user.id, 'noor');
  });

  it('redirects with access_denied and state on Cancel', async () => {
    const page = await authorize(scene, { state: 'xyz' });
    const submit = await formOf(page, { decision: 'cancel', user: 'alva' });
    assert.equal(location(await submit()).href, `${REDIRECT_URI}?error=access_denied&state=xyz`);
  });

  it('takes one answer per page', async () => {
    const submit = await formOf(await authorize(scene), { decision: 'agree', user: 'alva' });
    assert.equal((await submit()).status, 302);
    assert.equal((await submit()).status, 400);
  });

  it('can still be answered after an unknown user has agreed', async () => {
    const page = await authorize(scene);
    const submit = await formOf(page, { decision: 'agree', user: 'nobody' });
    assert.equal((await submit()).status, 400);
    assert.equal(scene.spotify.pending.size, 1);
  });

  it('is not shown if the browser’s user has approved before', async () => {
    const cookie = await agreeAs('alva', { scope: 'streaming user-read-email' });
    const again = await authorize(scene, { scope: 'streaming' }, { cookie });
    assert.ok(location(again).searchParams.has('code'));
  });

  it('is not shown if the user has approved all scopes in several sign-ins', async () => {
    await agreeAs('alva', { scope: 'streaming' });
    const cookie = await agreeAs('alva', { scope: 'user-read-email' });
    const both = await authorize(scene, { scope: 'streaming user-read-email' }, { cookie });
    assert.equal(both.status, 302);
  });

  it('is shown again with show_dialog, for more scopes, another app or another browser', async () => {
    const cookie = await agreeAs('alva', { scope: 'streaming' });
    const other = { ...scene, app: scene.spotify.addApp({ redirectUris: [REDIRECT_URI] }) };
    const scope = 'streaming';
    const answers = await Promise.all([
      authorize(scene, { scope, show_dialog: 'true' }, { cookie }),
      authorize(scene, { scope: 'streaming user-read-email' }, { cookie }),
      authorize(other, { scope }, { cookie }),
      authorize(scene, { scope }, { cookie: 'stand_in_browser=0' }),
    ]);
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 200, 200],
    );
  });

  it('is shown again after the user has removed the app', async () => {
    const cookie = await agreeAs('alva');
    assert.equal((await authorize(scene, {}, { cookie })).status, 302);
    scene.spotify.tokens.revoke(scene.alva, scene.app);
    assert.equal((await authorize(scene, {}, { cookie })).status, 200);
  });

  it('is shown to another user of the same browser', async () => {
    const cookie = await agreeAs('alva');
    const other = { ...scene, app: scene.spotify.addApp({ redirectUris: [REDIRECT_URI] }) };
    const fields = { decision: 'agree', user: 'noor' };
    await (
      await formOf(await authorize(other, {}, { cookie }), fields, cookie)
    )();
    assert.equal((await authorize(other, {}, { cookie })).status, 302);
    assert.equal((await authorize(scene, {}, { cookie })).status, 200);
  });
});
