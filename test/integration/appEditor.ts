import type * as vscode from 'vscode';
import type { AppAuthenticationProvider } from '../../src/appTokens/appAuthenticationProvider.ts';
import type { App } from '../spotify/index.ts';
import { moveClock, resetClock } from '../unit/sessions/clock.ts';
import { Environment } from './environment.ts';
import { eventually } from './eventually.ts';
import { InteractiveEditor } from './interactiveEditor.ts';
import type { ShownMessage } from './shownMessages.ts';

/** An editor for tests of app tokens. The user has not entered the client secret of `app` yet. */
export class AppEditor extends InteractiveEditor {
  readonly app: App;
  readonly environment = new Environment();

  constructor(app: App) {
    super();
    this.app = app;
  }

  get provider(): AppAuthenticationProvider {
    return this.window.context.appProvider;
  }

  /** All values in SecretStorage. */
  get storedSecrets(): string {
    return [...this.storage.secrets.stored.values()].join();
  }

  /** Types a secret into the open box and presses Enter. */
  async enterSecret(secret = this.app.clientSecret): Promise<void> {
    const box = await this.inputs.box();
    box.type(secret);
    box.accept();
    await eventually(() => !box.isOpen);
  }

  /** Creates a session with the secret of the app, as the user enters it. */
  async createSession(): Promise<vscode.AuthenticationSession> {
    const creating = this.provider.createSession([]);
    await this.enterSecret();
    return creating;
  }

  /** The message about a secret that Spotify has refused, as soon as it is shown. */
  refusal(): Promise<ShownMessage> {
    const isIt = ({ text }: ShownMessage) => text.includes('refuses this client');
    return eventually(() => this.messages.all.find(isIt));
  }

  /** Stores the secret of the app, then replaces it, as a new one in the dashboard does. */
  async storeOutdatedSecret(): Promise<void> {
    await this.createSession();
    Object.assign(this.app, { clientSecret: 'new'.padEnd(32, '0') });
    moveClock(3600);
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    resetClock();
    await super[Symbol.asyncDispose]();
    this.environment[Symbol.dispose]();
  }
}
