import assert from 'node:assert/strict';
import type { AuthenticationSession } from 'vscode';
import { vsix } from '../../../scripts/paths.ts';
import { agreeAs, type EditorOptions, Fixture } from '../../editorFixture.ts';
import { addDemo } from '../../spotify/index.ts';
import { leavePage } from '../../vscode/browser.ts';
import type { WorkbenchPage } from '../../vscode/workbenchPage.ts';
import { BackChannel } from './backChannel.ts';
import { Consumer } from './consumer.ts';
import {
  ALL_CONSUMERS,
  consumerExtensions,
  consumerId,
  type ConsumerName,
} from './consumerExtensions.ts';
import { CHANNEL_SETTING } from './protocol.ts';

/**
 * An editor with our package and consumers, in which only the test’s tasks request sessions.
 */
export class ConsumerEditor {
  readonly editor: Fixture;
  readonly #channel: BackChannel;

  private constructor(editor: Fixture, channel: BackChannel) {
    this.editor = editor;
    this.#channel = channel;
  }

  /**
   * @param options `extensions` are installed beside our package and the consumers
   * @param consumers all of them by default
   */
  static async open(options: EditorOptions = {}, consumers = ALL_CONSUMERS) {
    const installed = await consumerExtensions(consumers);
    const extensions = [vsix, ...installed, ...(options.extensions ?? [])];
    const channel = await BackChannel.open();
    const settings = {
      'spotify-authentication.offerSignIn': false,
      [CHANNEL_SETTING]: channel.url,
      ...options.settings,
    };
    try {
      return new ConsumerEditor(await Fixture.open({ ...options, extensions, settings }), channel);
    } catch (error) {
      await channel.close();
      throw error;
    }
  }

  /**
   * Resets everything for the next test, except the first window, which stays open: no account is
   * signed in, no extension is trusted, no other window is open, no notification is shown, and the
   * stand-in is as at the start.
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
   * Returns the consumer of a window that was opened or reloaded since the last call; at the first
   * call, that of the first window.
   */
  async consumer(name: ConsumerName): Promise<Consumer> {
    return new Consumer(await this.#channel.take(consumerId(name)));
  }

  /** Requests a session for a consumer, allows the sign-in, and agrees as the user of this name. */
  async signIn(
    consumer: Consumer,
    name: string,
    scopes: readonly string[],
  ): Promise<AuthenticationSession> {
    const { workbench } = this.editor;
    const pending = consumer.getSession(scopes, { createIfNone: true });
    await workbench.dialog.waitFor('wants to sign in using Spotify');
    const tab = await workbench.waitForPopup(() => workbench.dialog.clickButton('Allow'));
    await agreeAs(tab, name);
    await tab.close();
    const session = await pending;
    assert.ok(session);
    return session;
  }

  /** Requests a session for a consumer, and allows it to use an account that is signed in. */
  async allow(
    consumer: Consumer,
    label: string,
    scopes: readonly string[],
  ): Promise<AuthenticationSession> {
    const { dialog, quickInput } = this.editor.workbench;
    const pending = consumer.getSession(scopes, { createIfNone: true });
    await dialog.waitFor('wants to sign in using Spotify');
    await dialog.clickButton('Allow');
    await quickInput.pick(label);
    const session = await pending;
    assert.ok(session);
    return session;
  }

  /** Removes a consumer from the trusted extensions of an account, in the Accounts menu. */
  async removeTrust(consumer: ConsumerName, label: string): Promise<void> {
    const { accounts, quickInput } = this.editor.workbench;
    await accounts.open();
    await accounts.openSubmenu(`${label} (Spotify)`);
    await accounts.click('Manage Trusted Extensions');
    await quickInput.waitForTitle('Manage Trusted Extensions');
    await quickInput.toggle(consumer);
    await quickInput.clickButton('OK');
  }

  /** Asserts that no outcome of a task so far contains a refresh token. */
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

/** Signs out of all accounts in the Accounts menu, which also removes the trusted extensions. */
async function signOutOfAll({ accounts, dialog }: WorkbenchPage): Promise<void> {
  for (;;) {
    const account = (await accounts.open()).find((entry) => /\(Spotify( \(app\))?\)$/.test(entry));
    if (!account) return accounts.close();
    await accounts.openSubmenu(account);
    await accounts.click('Sign Out');
    await dialog.clickButton('Sign Out');
    while ((await accounts.open()).includes(account)) await accounts.close();
    await accounts.close();
  }
}
