import { SpotifyApi, type PlaybackState } from '@spotify/web-api-ts-sdk';
import { createAuthProvider, createSdkConfig, NoSessionError } from '@spotify-sdk/js/vscode';
import * as vscode from 'vscode';

const SCOPES = ['user-read-currently-playing'];
const REFRESH_INTERVAL_MS = 5000;

type Playing = Omit<PlaybackState, 'item'> & { readonly item: PlaybackState['item'] | null };
type Shown = Pick<vscode.StatusBarItem, 'text' | 'tooltip'>;
const NOTHING: Shown = { text: '$(play) Spotify', tooltip: 'Nothing plays' };
const SIGNED_OUT: Shown = { text: '$(sign-in) Spotify', tooltip: 'Sign in to show what plays' };

const COMMAND = 'spotify-now-playing-example.click';

export function activate(context: vscode.ExtensionContext): void {
  context.subscriptions.push(new NowPlaying());
}

/** A status bar item with the track that plays. It is updated while the window has the focus. */
class NowPlaying implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('nowPlaying');
  /** Asks the user after a click only. */
  readonly #session = createAuthProvider(vscode, SCOPES, { ask: false });
  readonly #spotify = new SpotifyApi(...createSdkConfig(this.#session));
  readonly #registered = vscode.Disposable.from(
    vscode.commands.registerCommand(COMMAND, () => this.#click()),
    vscode.window.onDidChangeWindowState(() => void this.#update()),
    this.#session.onDidChange(() => void this.#update()),
  );
  #updates = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.#item.name = 'Spotify';
    this.#item.command = COMMAND;
    void this.#update();
  }

  dispose(): void {
    this.#updates = NaN;
    clearTimeout(this.#timer);
    for (const part of [this.#registered, this.#item, this.#session]) part.dispose();
  }

  async #update(): Promise<void> {
    const update = ++this.#updates;
    clearTimeout(this.#timer);
    if (!vscode.window.state.focused) return;
    const playing = await this.#whatPlays();
    // Another update has begun meanwhile, or the extension was deactivated.
    if (update !== this.#updates) return;
    Object.assign(this.#item, playing ?? SIGNED_OUT);
    this.#item.show();
    // Without a session no timer is needed: a sign-in fires an event.
    if (playing) this.#timer = setTimeout(() => void this.#update(), REFRESH_INTERVAL_MS);
  }

  /** Returns the content of the status bar; undefined if there is no session to use. */
  async #whatPlays(): Promise<Shown | undefined> {
    try {
      // The state is null when nothing plays, its item during an ad. The SDK’s types have neither.
      const state = (await this.#spotify.player.getCurrentlyPlayingTrack(
        undefined,
        'track,episode',
      )) as Playing | null;
      if (!state?.is_playing || !state.item) return NOTHING;
      const { item } = state;
      const by = 'artists' in item ? item.artists.map(({ name }) => name) : [item.show.name];
      return { text: `$(play) ${plain(item.name)}`, tooltip: by.join(', ') };
    } catch (error) {
      if (error instanceof NoSessionError) return undefined;
      return { text: '$(warning) Spotify', tooltip: messageOf(error) };
    }
  }

  /** Asks the user if necessary. Shows no error: the user declined, or has seen why it failed. */
  async #click(): Promise<void> {
    await this.#session.getAccessToken({ ask: true }).catch(() => undefined);
    await this.#update();
  }
}

/** Keeps VS Code from showing `$(…)` in a title as an icon. */
const plain = (title: string) => title.replace(/\$\(/g, '$ (');

/** Without the name of the error's class, which `String(error)` adds. */
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
