import assert from 'node:assert/strict';
import { type CommandName, runCommand } from '../../../src/commands/runCommand.ts';
import { endOf } from '../../unit/signIn/signInScene.ts';
import { SCOPES } from '../asConsumer.ts';
import { eventually } from '../eventually.ts';
import { InteractiveEditor } from '../interactiveEditor.ts';
import { integrationSuite } from '../suite.ts';

const QUESTION = /^Did you choose this command for the running sign-in/;

/** About src/commands/helpSignIn.ts and src/signIn/runningSignIns.ts. */
describe('the help with a sign-in', () => {
  const suite = integrationSuite({ editor: () => new InteractiveEditor() });
  let signingIn: Promise<unknown>;

  beforeEach(async () => {
    const { editor } = suite;
    editor.window.browse = () => undefined;
    signingIn = editor.window.provider.createSession(SCOPES);
    signingIn.catch(() => undefined);
    await editor.page();
    await eventually(() => editor.progress.latest.links.includes('Open the page again'));
  });

  const run = (name: CommandName, ...args: unknown[]) =>
    runCommand(suite.editor.window.context, name, args);

  const isHelped = () =>
    suite.editor.outside.copied !== '' || suite.editor.inputs.open !== undefined;

  for (const name of [
    'openSignInPage',
    'copySignInLink',
    'pasteAddress',
    'pageSays',
    'tryAnotherWay',
  ] as const) {
    it(`asks the user first if ${name} is run without the id of the sign-in`, async () => {
      const { editor } = suite;
      // Other extensions can pass what they like, but do not know the id.
      for (const argument of [undefined, null, 1, {}]) {
        const running = run(name, argument);
        const question = await editor.messages.waitFor(QUESTION);
        assert.deepEqual(question.buttons, ['Continue']);
        assert.notEqual(question.detail, undefined);
        question.answer();
        await running;
        editor.messages.all.length = 0;
      }
      assert.equal(isHelped(), false);
      assert.equal(editor.window.opened.length, 1);

      const chosen = run(name);
      (await editor.messages.waitFor(QUESTION)).answer('Continue');
      await chosen;
      await eventually(() => isHelped() || editor.window.opened.length === 2);
    });
  }

  it('does nothing for an id that no sign-in has, and asks nothing', async () => {
    for (const id of ['', '1', crypto.randomUUID()]) await run('copySignInLink', id);
    assert.equal(isHelped(), false);
    assert.deepEqual(suite.editor.messages.all, []);
  });

  it('asks nothing if the user clicks a link of the progress, which has an id that cannot be guessed', async () => {
    const { editor } = suite;
    const { argument } = editor.progress.latest.link('Copy sign-in link');
    assert.match(
      String(argument),
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/,
    );
    editor.click('Copy sign-in link');
    await eventually(() => editor.outside.copied === editor.window.opened[0]);
    assert.ok(
      editor.messages.texts.every(
        (text) => !text.startsWith('Did you choose this command for the running sign-in'),
      ),
    );
  });

  it('does nothing if the sign-in ends while the user is asked', async () => {
    const { editor } = suite;
    const running = run('copySignInLink');
    const question = await editor.messages.waitFor(QUESTION);
    editor.progress.latest.cancel();
    await assert.rejects(signingIn);
    await eventually(() => editor.window.running === undefined);
    question.answer('Continue');
    await running;
    assert.equal(isHelped(), false);
  });

  it('opens the page again for a user who has closed its tab, with the same address', async () => {
    const { editor } = suite;
    editor.click('Open the page again');
    const page = await editor.page(2);
    assert.equal(page, editor.window.opened[0]);
    await fetch(await endOf(page));
    await signingIn;
  });

  it('goes on if the user does not let the editor open the page again', async () => {
    const { editor } = suite;
    editor.window.browse = () => Promise.reject(new Error('declined'));
    editor.click('Open the page again');
    const page = await editor.page(2);
    await fetch(await endOf(page));
    await signingIn;
  });
});
