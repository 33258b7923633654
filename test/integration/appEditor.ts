import type * as vscode from 'vscode';
import type { AppAuthenticationProvider } from '../../src/appTokens/appAuthenticationProvider.ts';
import type { App, Spotify } from '../spotify/index.ts';
import { moveClock, resetClock } from '../unit/sessions/clock.ts';
import { useDemoApp, useNewApp } from './asConsumer.ts';
import { Environment } from './environment.ts';
import { eventually } from './eventually.ts';
import { InteractiveEditor } from './interactiveEditor.ts';
import type { ShownMessage } from './shownMessages.ts';

/** A window of its own, for a new Spotify app whose secret nobody has given yet. */
export class AppEditor extends InteractiveEditor {
  readonly app: App;
  readonly environment = new Environment();

  private constructor(app: App) {
    super();
    this.app = app;
  }

  static async open(spotify: Spotify): Promise<AppEditor> {
    return new AppEditor(await useNewApp(spotify));
  }

  get provider(): AppAuthenticationProvider {
    return this.window.context.appProvider;
  }

  /** All that is in SecretStorage. */
  get kept(): string {
    return [...this.storage.secrets.stored.values()].join();
  }

  /** Types a secret into the box that is open. */
  async type(secret = this.app.clientSecret): Promise<void> {
    const box = await this.inputs.box();
    box.type(secret);
    box.accept();
    await eventually(() => !box.isOpen);
  }

  /** Has a session made, for which the secret is typed. */
  async create(): Promise<vscode.AuthenticationSession> {
    const creating = this.provider.createSession([]);
    await this.type();
    return creating;
  }

  /** What is said of a secret that was typed just now. */
  refusal(): Promise<ShownMessage> {
    const isIt = ({ text }: ShownMessage) => text.includes('refuses this client');
    return eventually(() => this.messages.all.find(isIt));
  }

  /** Has a good secret be kept that is refused from now on, as after a new one in the dashboard. */
  async outdate(): Promise<void> {
    await this.create();
    Object.assign(this.app, { clientSecret: 'new'.padEnd(32, '0') });
    moveClock(3600);
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    resetClock();
    await super[Symbol.asyncDispose]();
    this.environment[Symbol.dispose]();
    await useDemoApp();
  }
}
