import { createAuthProvider, createFetch } from '@spotify-sdk/js/vscode';
import * as vscode from 'vscode';

const SCOPES = ['user-read-currently-playing', 'user-modify-playback-state'];

/** Without this, Spotify answers with no item while a podcast plays. */
const TYPES = 'additional_types=track,episode';

/** The parts of Spotify's answers that this extension uses. */
interface Track {
  readonly name: string;
  readonly uri: string;
  readonly artists?: readonly { readonly name: string }[];
}
interface Found {
  readonly tracks: { readonly items: readonly Track[] };
}
interface Playing {
  readonly is_playing: boolean;
  readonly item: Track | null;
}

export function activate(context: vscode.ExtensionContext): void {
  // VS Code asks the user at the first call of a tool. It asks again if the user declines.
  const ask = {
    detail: 'So that a language model can see what plays, search, and add to the queue.',
  };
  const session = createAuthProvider(vscode, SCOPES, { ask });
  const tools = new Tools(createFetch(session));
  context.subscriptions.push(
    session,
    vscode.lm.registerTool('spotify_example_now_playing', {
      invoke: (_, token) => answer(() => tools.nowPlaying(signalOf(token))),
    }),
    vscode.lm.registerTool<{ query: string }>('spotify_example_search', {
      invoke: ({ input }, token) => answer(() => tools.search(input.query, signalOf(token))),
    }),
    vscode.lm.registerTool<{ uri: string }>('spotify_example_add_to_queue', {
      // VS Code asks the user before it calls `invoke`.
      prepareInvocation: ({ input }) => ({
        confirmationMessages: {
          title: 'Add to the Spotify queue?',
          // Escapes Markdown: VS Code would show a name's links.
          message: new vscode.MarkdownString().appendText(tools.titleOf(input.uri)),
        },
      }),
      invoke: ({ input }, token) => answer(() => tools.addToQueue(input.uri, signalOf(token))),
    }),
  );
}

/** What the tools do. Each method returns a value for the language model. */
class Tools {
  readonly #fetch: typeof fetch;
  /** The tracks that were found, by URI. */
  readonly #titles = new Map<string, string>();

  constructor(spotifyFetch: typeof fetch) {
    this.#fetch = spotifyFetch;
  }

  async nowPlaying(signal: AbortSignal): Promise<object> {
    const response = await this.#request(`me/player/currently-playing?${TYPES}`, { signal });
    // Spotify answers with 204 if no device is active. There is no item during an ad.
    const playing = response.status === 204 ? undefined : ((await response.json()) as Playing);
    return playing?.is_playing && playing.item ? described(playing.item) : { nothingPlays: true };
  }

  async search(query: string, signal: AbortSignal): Promise<object> {
    const parameters = new URLSearchParams({ q: query, type: 'track', limit: '5' });
    const response = await this.#request(`search?${parameters.toString()}`, { signal });
    const { items } = ((await response.json()) as Found).tracks;
    for (const track of items) {
      const { title, by } = described(track);
      this.#titles.set(track.uri, `${title}, ${by}`);
    }
    return items.map(described);
  }

  async addToQueue(uri: string, signal: AbortSignal): Promise<object> {
    const path = `me/player/queue?${new URLSearchParams({ uri }).toString()}`;
    await this.#request(path, { method: 'POST', signal });
    return { added: this.titleOf(uri) };
  }

  /** Returns what a URI stands for according to Spotify: the model may be wrong about it. */
  titleOf(uri: string): string {
    return this.#titles.get(uri) ?? uri;
  }

  async #request(path: string, init: RequestInit): Promise<Response> {
    const response = await this.#fetch(`https://api.spotify.com/v1/${path}`, init);
    if (response.ok) return response;
    // Such as “Player command failed: No active device found”, which the model tells the user.
    const { error } = (await response.json().catch(() => ({}))) as { error?: { message?: string } };
    throw new Error(`Spotify refused: ${error?.message ?? `HTTP status ${response.status}`}`);
  }
}

const described = ({ name, uri, artists = [] }: Track) => ({
  title: name,
  by: artists.map((artist) => artist.name).join(', '),
  uri,
});

/** Turns a value into the result of a tool. If the tool throws, the model gets the message. */
async function answer(tool: () => Promise<object>): Promise<vscode.LanguageModelToolResult> {
  const text = new vscode.LanguageModelTextPart(JSON.stringify(await tool()));
  return new vscode.LanguageModelToolResult([text]);
}

/** Ends the request when the user stops the model. */
function signalOf(token: vscode.CancellationToken): AbortSignal {
  const controller = new AbortController();
  token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}
