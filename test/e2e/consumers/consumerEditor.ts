import assert from 'node:assert/strict';
import type { AuthenticationSession } from 'vscode';
import { vsix } from '../../../scripts/paths.ts';
import { agreeAs, type EditorOptions, Fixture } from '../../editorFixture.ts';
import { addDemo } from '../../spotify/index.ts';
import { leavePage } from '../../vscode/browser.ts';
import type { WorkbenchPage } from '../../vscode/workbenchPage.ts';
import { BackChannel } from './backChannel.ts';
import { Consumer } from './consumer.ts';
import { consumerExtensions, consumerId, type ConsumerName } from './consumerExtensions.ts';
import { CHANNEL_SETTING } from './protocol.ts';

/**
 * An editor with our package and all consumers in it, where nothing asks but what the test has ask.
 * The stand-in is `https://api.spotify.com` there, too.
 */
export class ConsumerEditor {
  readonly editor: Fixture;
  readonly #channel: BackChannel;

  private constructor(editor: Fixture, channel: BackChannel) {
    this.editor = editor;
    this.#channel = channel;
  }

  static async open(options: Omit<EditorOptions, 'extensions'> = {}): Promise<ConsumerEditor> {
    const extensions = [vsix, ...(await consumerExtensions())];
    const channel = await BackChannel.open();
    const settings = {
      'spotify-authentication.offerSignIn': false,
      [CHANNEL_SETTING]: channel.url,
      ...options.settings,
    };
    try {
      return new ConsumerEditor(
        await Fixture.open({ realNames: true, ...options, extensions, settings }),
        channel,
      );
    } catch (error) {
      await channel.close();
      throw error;
    }
  }

  /**
   * Makes it as new for another test, but for its first window: nobody is signed in or trusted, no
   * other window is open, nothing is shown, and the stand-in is as at the start.
   */
  async reset(): Promise<void> {
    const { workbench, spotify, context } = this.editor;
    const others = context.pages().filter((page) => page !== workbench.page);
    await Promise.all(others.map(leavePage));
    await signOutOfAll(workbench);
    await workbench.accounts.untilBadge('');
    await workbench.runCommand('Notifications: Clear All Notifications');
    spotify.reset();
    addDemo(spotify);
    await this.#channel.reset();
  }

  /**
   * The consumer of a window that was opened, or loaded again, since this was asked last: of the
   * first window at first.
   */
  async consumer(name: ConsumerName): Promise<Consumer> {
    return new Consumer(await this.#channel.take(consumerId(name)));
  }

  /** Has a consumer ask for a session, allows it to sign in, and agrees as this person. */
  async signIn(
    consumer: Consumer,
    name: string,
    scopes: readonly string[],
  ): Promise<AuthenticationSession> {
    const { workbench } = this.editor;
    const asked = consumer.getSession(scopes, { createIfNone: true });
    await workbench.dialog.waitFor('wants to sign in using Spotify');
    const tab = await workbench.waitForPopup(() => workbench.dialog.clickButton('Allow'));
    await agreeAs(tab, name);
    await tab.close();
    const session = await asked;
    assert.ok(session);
    return session;
  }

  /** Has a consumer ask for a session, and gives it the one of this account, which is signed in. */
  async allow(
    consumer: Consumer,
    label: string,
    scopes: readonly string[],
  ): Promise<AuthenticationSession> {
    const { dialog, quickInput } = this.editor.workbench;
    const asked = consumer.getSession(scopes, { createIfNone: true });
    await dialog.waitFor('wants to sign in using Spotify');
    await dialog.clickButton('Allow');
    await quickInput.pick(label);
    const session = await asked;
    assert.ok(session);
    return session;
  }

  /** Takes a consumer off the trusted extensions of an account, as a person does. */
  async distrust(consumer: ConsumerName, label: string): Promise<void> {
    const { accounts, quickInput } = this.editor.workbench;
    await accounts.open();
    await accounts.openSubmenu(`${label} (Spotify)`);
    await accounts.click('Manage Trusted Extensions');
    await quickInput.waitForTitle('Manage Trusted Extensions');
    await quickInput.toggle(consumer);
    await quickInput.clickButton('OK');
  }

  /** Nothing that consumers have got so far, in whatever form, holds a token to refresh with. */
  assertNoRefreshToken(): void {
    const [first, ...others] = this.editor.spotify.tokens.refreshTokens.keys();
    assert.ok(first);
    for (const token of [first, ...others]) assert.ok(!this.#channel.outcomes.includes(token));
  }

  async close(): Promise<void> {
    try {
      await this.editor.close();
    } finally {
      await this.#channel.close();
    }
  }
}

/** As a person does, in the Accounts menu; which extensions were trusted is forgotten with it. */
async function signOutOfAll({ accounts, dialog }: WorkbenchPage): Promise<void> {
  for (;;) {
    const ours = (await accounts.open()).find((entry) => /\(Spotify( \(app\))?\)$/.test(entry));
    if (!ours) return accounts.close();
    await accounts.openSubmenu(ours);
    await accounts.click('Sign Out');
    await dialog.clickButton('Sign Out');
    while ((await accounts.open()).includes(ours)) await accounts.close();
    await accounts.close();
  }
}
