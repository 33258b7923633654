import type { App, Spotify } from '../spotify/index.ts';
import { SCOPES } from './asConsumer.ts';
import { Environment } from './environment.ts';
import { InteractiveEditor } from './interactiveEditor.ts';
import { Settings } from './settings.ts';
import { SetUpSteps } from './setUpSteps.ts';
import type { ShownBox } from './shownInput.ts';

export const LOOPBACK = 'http://127.0.0.1/callback';

/** A desktop editor of a user who has a Spotify app and has not configured its client ID yet. */
export class NewcomerEditor extends InteractiveEditor {
  readonly app: App;
  readonly settings = new Settings();
  readonly steps = new SetUpSteps(this.inputs);
  readonly #environment = new Environment();

  private constructor(app: App) {
    super();
    this.app = app;
  }

  static async open(spotify: Spotify): Promise<NewcomerEditor> {
    const editor = new NewcomerEditor(spotify.addApp({ redirectUris: [LOOPBACK] }));
    editor.#environment.set('SPOTIFY_SDK_CLIENT_ID', undefined);
    editor.window.moveTo({ host: 'local', ui: 'desktop', uriScheme: 'vscode' });
    await editor.settings.set('clientId', undefined);
    return editor;
  }

  /** Begins a sign-in. */
  signIn(window = this.window) {
    return window.provider.createSession(SCOPES);
  }

  /** Begins a sign-in, and goes on to the last step of the set-up. */
  async signInUpToClientId(): Promise<{
    asked: ReturnType<NewcomerEditor['signIn']>;
    box: ShownBox;
  }> {
    const asked = this.signIn();
    return { asked, box: await this.steps.toClientId() };
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await super[Symbol.asyncDispose]();
    await this.settings[Symbol.asyncDispose]();
    this.#environment[Symbol.dispose]();
  }
}
