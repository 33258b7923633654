import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { endOf } from '../../unit/signIn/signInScene.ts';
import { eventually } from '../eventually.ts';
import { InteractiveEditor } from '../interactiveEditor.ts';
import { integrationSuite } from '../suite.ts';

/** About src/signIn/signInRequests.ts and src/signIn/runningSignIns.ts. */
describe('two sign-ins at the same moment', () => {
  const suite = integrationSuite({ editor: () => new InteractiveEditor() });

  beforeEach(() => (suite.editor.window.browse = () => undefined));

  const exchanges = () => suite.spotify.requests.count('token');

  /**
   * Begins two sign-ins. Returns them and the addresses on which their browsers end: the first one
   * signed in as Alva, the second one as Noor.
   */
  async function askTwice() {
    const { editor } = suite;
    const first = editor.window.provider.createSession(['user-read-private']);
    const second = editor.window.provider.createSession(['user-top-read']);
    await editor.page(2);
    const pages = ['user-read-private', 'user-top-read'].map((scope) => {
      return editor.window.opened.find((url) => new URL(url).searchParams.get('scope') === scope);
    });
    const [a, b] = [await endAs('alva', pages[0]), await endAs('noor', pages[1])];
    return { first, second, a, b };
  }

  async function endAs(user: string, page = ''): Promise<URL> {
    suite.spotify.behaviour.consent = { agreeAs: user };
    return endOf(page);
  }

  /** `address` with the parameters `names` of `other`. */
  function mixed(address: URL, other: URL, ...names: string[]): URL {
    const url = new URL(address);
    for (const name of names) url.searchParams.set(name, other.searchParams.get(name) ?? '');
    return url;
  }

  it('return the account that agreed to each', async () => {
    const { first, second, a, b } = await askTwice();
    await Promise.all([fetch(b), fetch(a)]);
    const labels = [(await first).account.label, (await second).account.label];
    assert.deepEqual(labels, ['Alva Lind', 'Noor Haddad']);
    assert.equal(exchanges(), 2);
  });

  it('ignore a callback that arrives at the port of the other', async () => {
    const { first, second, a, b } = await askTwice();
    assert.notEqual(a.port, b.port);
    for (const [to, from] of [
      [a, b],
      [b, a],
    ] as const) {
      const page = await fetch(mixed(to, from, 'code', 'state'));
      assert.match(await page.text(), /No sign-in is waiting for this page/);
    }
    assert.equal(exchanges(), 0);
    await Promise.all([fetch(a), fetch(b)]);
    const labels = [(await first).account.label, (await second).account.label];
    assert.deepEqual(labels, ['Alva Lind', 'Noor Haddad']);
  });

  it('refuse a pasted address that belongs to the other', async () => {
    const { editor } = suite;
    const { first, second, a, b } = await askTwice();
    editor.click('Paste the address');
    const box = await editor.inputs.box();
    const isOfFirst = (box.prompt ?? '').includes(a.origin);
    const [own, other] = isOfFirst ? [a, b] : [b, a];
    box.type(other.href);
    box.accept();
    assert.match(box.complaint, /belongs to another sign-in/);
    box.type(own.href);
    box.accept();
    await fetch(other);
    const labels = [(await first).account.label, (await second).account.label];
    assert.deepEqual(labels, ['Alva Lind', 'Noor Haddad']);
  });

  it('fail if the code of one comes with the state of the other', async () => {
    const { spotify, editor } = suite;
    const { first, second, a, b } = await askTwice();
    await Promise.all([fetch(mixed(a, b, 'code')), fetch(mixed(b, a, 'code'))]);
    await Promise.all(
      [first, second].map((asked) => assert.rejects(asked, vscode.CancellationError)),
    );
    const messages = await eventually(() => editor.messages.all[1] && editor.messages.all);
    assert.deepEqual(editor.storage.records(), []);

    spotify.behaviour.consent = { agreeAs: 'alva' };
    editor.window.browse = (url) => void fetch(url);
    for (const message of messages.slice(0, 2)) message.answer('Try Again');
    await eventually(() => editor.storage.records().length === 2);
    const scopes = editor.storage.records().flatMap((session) => session.scopes);
    assert.deepEqual(scopes.sort(), ['user-read-private', 'user-top-read']);
  });

  it('are joined if both are for the same scopes', async () => {
    const { editor } = suite;
    const asked = [1, 2].map(() => editor.window.provider.createSession(['user-read-private']));
    await fetch(await editor.page());
    const [first, second] = await Promise.all(asked);
    assert.equal(first?.id, second?.id);
    assert.equal(editor.window.opened.length, 1);
  });
});
