import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { AuthenticationSession } from 'vscode';
import { type EditorOptions, type Fixture, clickAgree } from '../editorFixture.ts';
import type { App } from '../spotify/index.ts';
import type { Consumer } from './consumers/consumer.ts';
import { untilStateIsStored } from '../vscode/storedState.ts';
import { ConsumerEditor } from './consumers/consumerEditor.ts';

export const SCOPES = ['user-read-private'];

/** VS Code for the Web, as at vscode.dev: our extension and a consumer run in the browser. */
export class WebEditor {
  readonly editor: Fixture;
  /** The consumer of the first window. After a reload, {@link nextConsumer} returns another. */
  readonly consumer: Consumer;
  readonly #window: ConsumerEditor;

  private constructor(window: ConsumerEditor, consumer: Consumer) {
    this.#window = window;
    this.editor = window.editor;
    this.consumer = consumer;
  }

  /** Opens a page of this host. The demo app lists the redirect URIs of docs/in-the-browser.md. */
  static async open(
    pageHost: string,
    options: Omit<EditorOptions, 'extensions'> = {},
  ): Promise<WebEditor> {
    const window = await ConsumerEditor.open({ ...options, pageHost });
    try {
      const opened = new WebEditor(window, await window.consumer('Consumer Web'));
      opened.app.redirectUris = ['https://vscode.dev/redirect', 'http://127.0.0.1/callback'];
      return opened;
    } catch (error) {
      await window.close();
      throw error;
    }
  }

  get app(): App {
    const [app] = this.editor.spotify.apps.values();
    assert.ok(app);
    return app;
  }

  /** Returns the consumer of the window that was opened or reloaded last. */
  nextConsumer(): Promise<Consumer> {
    return this.#window.consumer('Consumer Web');
  }

  /** Requests a session for a consumer, and agrees as the user of this name. */
  async signIn(name: string, consumer = this.consumer): Promise<AuthenticationSession> {
    const { workbench } = this.editor;
    const pending = consumer.getSession(SCOPES, { createIfNone: true });
    await workbench.dialog.waitFor("The extension 'Consumer Web' wants to sign in using Spotify.");
    const tab = await workbench.waitForPopup(() => workbench.dialog.clickButton('Allow'));
    await this.agree(tab, name);
    const session = await pending;
    assert.ok(session);
    // The stored state includes that the consumer may use the account.
    await untilStateIsStored(workbench.page, '"tests.consumer-web"');
    return session;
  }

  /** Agrees on the consent page, and waits until the relay sends the browser to the callback page. */
  async agree(consentPage: Page, name: string): Promise<void> {
    await clickAgree(consentPage, name);
    await consentPage.waitForURL(/^https:\/\/(vscode|github)\.dev\/.*\/callback\?/);
    await this.editor.workbench.page.bringToFront();
  }

  /**
   * Signs in with a token for 30 s, which counts as expired at the next request, so that request
   * refreshes it. Later tokens last an hour.
   */
  async signInWithShortToken(name: string): Promise<AuthenticationSession> {
    const { spotify } = this.editor;
    spotify.behaviour.expiresIn = 30;
    const session = await this.signIn(name);
    spotify.behaviour.expiresIn = 3600;
    spotify.requests.clear();
    return session;
  }

  /** How many refresh requests Spotify has received. */
  get refreshes(): number {
    return this.editor.spotify.requests.count('token', 'refresh_token');
  }

  /** Asserts that Spotify accepts the token. */
  async assertWorks(token: string | undefined, consumer = this.consumer): Promise<void> {
    const { status } = await consumer.run('fetchProfile', token ?? '');
    assert.equal(status, 200);
  }

  close(): Promise<void> {
    return this.#window.close();
  }
}
