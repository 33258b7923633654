import { SpotifyApi, type PlaybackState } from '@spotify/web-api-ts-sdk';
import {
  createAuthProvider,
  createAuthStrategy,
  createFetch,
  NoSessionError,
} from '@spotify-sdk/js/vscode';
import * as vscode from 'vscode';

const SCOPES = ['user-read-currently-playing'];
const LOOK_AGAIN_MS = 5000;

type Playing = Omit<PlaybackState, 'item'> & { readonly item: PlaybackState['item'] | null };
type Shown = Pick<vscode.StatusBarItem, 'text' | 'tooltip'>;
const NOTHING: Shown = { text: '$(play) Spotify', tooltip: 'Nothing plays' };
const NOBODY: Shown = { text: '$(sign-in) Spotify', tooltip: 'Sign in to show what plays' };

const COMMAND = 'spotify-now-playing-example.click';

export function activate(context: vscode.ExtensionContext): void {
  context.subscriptions.push(new NowPlaying());
}

/** A status bar item with the track that plays, looked up while somebody looks at the window. */
class NowPlaying implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('nowPlaying');
  /** Disturbs nobody: it has what somebody agreed to, or nothing. */
  readonly #quiet = createAuthProvider(vscode, SCOPES, { ask: false });
  readonly #asking = createAuthProvider(vscode, SCOPES);
  readonly #spotify = new SpotifyApi(createAuthStrategy(this.#quiet), {
    fetch: createFetch(this.#quiet),
  });
  readonly #registered = vscode.Disposable.from(
    vscode.commands.registerCommand(COMMAND, () => this.#click()),
    vscode.window.onDidChangeWindowState(() => void this.#look()),
    vscode.authentication.onDidChangeSessions(({ provider }) => {
      if (provider.id === 'spotify') void this.#look();
    }),
  );
  #looks = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.#item.name = 'Spotify';
    this.#item.command = COMMAND;
    void this.#look();
  }

  dispose(): void {
    this.#looks = NaN;
    clearTimeout(this.#timer);
    for (const part of [this.#registered, this.#item]) part.dispose();
    for (const provider of [this.#quiet, this.#asking]) provider.close();
  }

  async #look(): Promise<void> {
    const look = ++this.#looks;
    clearTimeout(this.#timer);
    if (!vscode.window.state.focused) return;
    const playing = await this.#whatPlays();
    // Another look has begun meanwhile, or the extension has ended.
    if (look !== this.#looks) return;
    Object.assign(this.#item, playing ?? NOBODY);
    this.#item.show();
    // A sign-in need not be looked out for: it is an event.
    if (playing) this.#timer = setTimeout(() => void this.#look(), LOOK_AGAIN_MS);
  }

  /** What the status bar says; undefined where there is nobody who has agreed. */
  async #whatPlays(): Promise<Shown | undefined> {
    try {
      // Nothing plays, or an ad that is no item: the SDK knows neither.
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
      return { text: '$(warning) Spotify', tooltip: String(error) };
    }
  }

  /** Whoever is signed in is asked nothing. Who says no, and why a sign-in fails, needs no message. */
  async #click(): Promise<void> {
    await this.#asking.getAccessToken().catch(() => undefined);
    await this.#look();
  }
}

/** VS Code makes icons of `$(…)`, and titles are anything. */
const plain = (title: string) => title.replaceAll('$(', '$ (');
