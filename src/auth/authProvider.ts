/** Whatever hands out access tokens. Anything that takes a provider takes a custom one. */
export interface AuthProvider {
  /** An access token that is valid now. Rejects with a `SpotifyAuthError` where there is none. */
  getAccessToken(): Promise<string>;
  /** Lets go of whatever the provider holds. */
  close?(): void | Promise<void>;
}
