import { randomUUID } from 'node:crypto';
import { endsSoon, requestToken } from './editorToken.ts';
import type { Controls } from './standIn.ts';

/** The provider `spotify-app` of an editor: tokens of the app itself, without a user and scopes. */
export class AppAccount {
  readonly id = randomUUID();
  readonly #standIn: Controls;
  #isSignedIn = false;
  #token: { readonly accessToken: string; readonly expiresAt: number } | undefined;

  constructor(standIn: Controls) {
    this.#standIn = standIn;
  }

  get isSignedIn(): boolean {
    return this.#isSignedIn;
  }

  /** @param signsIn Whether the user has just allowed it and entered the client secret. */
  async getSession(scopes: readonly string[], signsIn = false) {
    if (scopes.length > 0)
      throw new Error('App tokens have no scopes. Ask “spotify-app” for a session with [].');
    if (!this.#isSignedIn && !signsIn) return undefined;
    const accessToken = await this.#validToken();
    this.#isSignedIn = true;
    const id = this.#standIn.clientId.slice(0, 8);
    return { id: this.id, accessToken, account: { id, label: `${id}…` }, scopes: [] };
  }

  /** Makes the next request get another token. */
  refresh(): void {
    this.#token = undefined;
  }

  signOut(): void {
    this.#isSignedIn = false;
    this.refresh();
  }

  async #validToken(): Promise<string> {
    const { clientId, clientSecret, clock } = this.#standIn;
    const { accessToken, expiresAt } = this.#token ?? { expiresAt: 0 };
    if (accessToken && !endsSoon(this.#standIn, expiresAt)) return accessToken;
    const grant = { grant_type: 'client_credentials', client_id: clientId };
    const response = await requestToken(this.#standIn, { ...grant, client_secret: clientSecret });
    if (!response?.ok) throw new Error('Spotify cannot be reached at the moment.');
    const answer = (await response.json()) as { access_token: string; expires_in: number };
    this.#token = {
      accessToken: answer.access_token,
      expiresAt: clock.now() + answer.expires_in * 1000,
    };
    return answer.access_token;
  }
}
