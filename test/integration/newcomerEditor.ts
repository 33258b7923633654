import process from 'node:process';
import type { App, Spotify } from '../spotify/index.ts';
import { SCOPES } from './asConsumer.ts';
import { InteractiveEditor } from './interactiveEditor.ts';
import { Settings } from './settings.ts';
import { SetUpSteps } from './setUpSteps.ts';
import type { ShownBox } from './shownInput.ts';

const VARIABLE = 'SPOTIFY_SDK_CLIENT_ID';
export const LOOPBACK = 'http://127.0.0.1/callback';

/** A person at a desktop editor that knows no client ID yet, and their app. */
export class Newcomer implements AsyncDisposable {
  readonly app: App;
  readonly editor = new InteractiveEditor();
  readonly settings = new Settings();
  readonly steps = new SetUpSteps(this.editor.inputs);
  readonly #configured = process.env[VARIABLE];

  private constructor(app: App) {
    this.app = app;
  }

  static async arrive(spotify: Spotify): Promise<Newcomer> {
    const newcomer = new Newcomer(spotify.addApp({ redirectUris: [LOOPBACK] }));
    Reflect.deleteProperty(process.env, VARIABLE);
    newcomer.editor.window.moveTo({ host: 'local', ui: 'desktop', uriScheme: 'vscode' });
    await newcomer.settings.set('clientId', undefined);
    return newcomer;
  }

  /** Begins a sign-in. */
  ask(window = this.editor.window) {
    return window.provider.createSession(SCOPES);
  }

  /** The same, and comes to the last step. */
  async askUpToClientId(): Promise<{ asked: ReturnType<Newcomer['ask']>; box: ShownBox }> {
    const asked = this.ask();
    return { asked, box: await this.steps.toClientId() };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.editor[Symbol.asyncDispose]();
    await this.settings[Symbol.asyncDispose]();
    process.env[VARIABLE] = this.#configured;
  }
}
