import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { AuthenticationSession } from 'vscode';
import { type EditorOptions, type Fixture, sayYes } from '../editorFixture.ts';
import type { App } from '../spotify/index.ts';
import type { Consumer } from './consumers/consumer.ts';
import { untilStateIsStored } from '../vscode/storedState.ts';
import { ConsumerEditor } from './consumers/consumerEditor.ts';

export const SCOPES = ['user-read-private'];

/** An editor that is a page, as at vscode.dev: our extension and a consumer run in the browser alone. */
export class PageEditor {
  readonly editor: Fixture;
  /** Of the first window, until that is reloaded. */
  readonly consumer: Consumer;
  readonly #window: ConsumerEditor;

  private constructor(window: ConsumerEditor, consumer: Consumer) {
    this.#window = window;
    this.editor = window.editor;
    this.consumer = consumer;
  }

  /** The demo app lists what the documentation says for such a page. */
  static async open(
    pageHost: string,
    options: Omit<EditorOptions, 'extensions'> = {},
  ): Promise<PageEditor> {
    const window = await ConsumerEditor.open({ ...options, pageHost });
    try {
      const opened = new PageEditor(window, await window.consumer('Consumer Web'));
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

  /** The consumer of a window that was opened, or loaded again, just now. */
  nextConsumer(): Promise<Consumer> {
    return this.#window.consumer('Consumer Web');
  }

  /** Has a consumer ask, and agrees as this person. */
  async signIn(name: string, consumer = this.consumer): Promise<AuthenticationSession> {
    const { workbench } = this.editor;
    const asked = consumer.getSession(SCOPES, { createIfNone: true });
    await workbench.dialog.waitFor("The extension 'Consumer Web' wants to sign in using Spotify.");
    const tab = await workbench.waitForPopup(() => workbench.dialog.clickButton('Allow'));
    await this.agree(tab, name);
    const session = await asked;
    assert.ok(session);
    // That the consumer may use the account.
    await untilStateIsStored(workbench.page, '"tests.consumer-web"');
    return session;
  }

  /** Answers the consent page with yes; the browser comes back by vscode.dev. */
  async agree(consentPage: Page, name: string): Promise<void> {
    await sayYes(consentPage, name);
    await consentPage.waitForURL(/^https:\/\/(vscode|github)\.dev\/.*\/callback\?/);
    await this.editor.workbench.page.bringToFront();
  }

  /** The same with a token that is due for a refresh at once; from then on they last as ever. */
  async signInForHalfAMinute(name: string): Promise<AuthenticationSession> {
    const { spotify } = this.editor;
    spotify.behaviour.expiresIn = 30;
    const session = await this.signIn(name);
    spotify.behaviour.expiresIn = 3600;
    spotify.requests.clear();
    return session;
  }

  /** How often Spotify was asked for another token. */
  get refreshes(): number {
    return this.editor.spotify.requests.count('token', 'refresh_token');
  }

  /** That Spotify takes the token. */
  async assertWorks(token: string | undefined, consumer = this.consumer): Promise<void> {
    const { status } = await consumer.run('fetchProfile', token ?? '');
    assert.equal(status, 200);
  }

  close(): Promise<void> {
    return this.#window.close();
  }
}
