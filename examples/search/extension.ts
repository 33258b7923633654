import { createAuthProvider, createFetch, NoSessionError } from '@spotify-sdk/js/vscode';
import * as vscode from 'vscode';

/** The part of Spotify's answer that this extension uses. */
interface Found {
  readonly tracks: {
    readonly items: readonly {
      readonly name: string;
      readonly artists: readonly { readonly name: string }[];
      readonly external_urls: { readonly spotify: string };
    }[];
  };
}

export function activate(context: vscode.ExtensionContext): void {
  // Tokens of the user's Spotify app itself, which have no scopes.
  const session = createAuthProvider(vscode, [], { providerId: 'spotify-app' });
  const spotifyFetch = createFetch(session);
  context.subscriptions.push(
    session,
    vscode.commands.registerCommand('spotify-search-example.search', () => search(spotifyFetch)),
  );
}

async function search(spotifyFetch: typeof fetch): Promise<void> {
  const text = await vscode.window.showInputBox({ title: 'Search Spotify', prompt: 'A track' });
  if (!text) return;
  try {
    // Before the list is shown: a prompt for the client secret would close it.
    const found = await tracks(spotifyFetch, text);
    const chosen = await vscode.window.showQuickPick(found, { title: `Spotify: ${text}` });
    if (chosen) await vscode.env.openExternal(vscode.Uri.parse(chosen.url));
  } catch (error) {
    // The user declined, or Spotify Authentication has shown why it failed.
    if (error instanceof NoSessionError) return;
    void vscode.window.showErrorMessage(`Spotify cannot be searched. ${messageOf(error)}`);
  }
}

async function tracks(spotifyFetch: typeof fetch, text: string) {
  const query = new URLSearchParams({ q: text, type: 'track', limit: '10' });
  const response = await spotifyFetch(`https://api.spotify.com/v1/search?${query.toString()}`);
  if (!response.ok) throw new Error(`Spotify answered with HTTP status ${response.status}.`);
  const { items } = ((await response.json()) as Found).tracks;
  return items.map(({ name, artists, external_urls }) => ({
    label: plain(name),
    description: plain(artists.map((artist) => artist.name).join(', ')),
    url: external_urls.spotify,
  }));
}

/** Keeps VS Code from showing `$(…)` in a title as an icon. */
const plain = (title: string) => title.replace(/\$\(/g, '$ (');

/** Without the name of the error's class, which `String(error)` adds. */
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
