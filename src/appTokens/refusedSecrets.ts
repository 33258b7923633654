/**
 * Remembers, for this window, which client secrets Spotify refused, and the number of the latest message
 * about each.
 */
export class RefusedSecrets {
  /** The number of the latest message about the refusal of a client secret, by client secret. */
  readonly #latestMessages = new Map<string, number>();
  #messageCount = 0;

  /** Whether Spotify refused this secret and has not accepted it since. */
  has(clientSecret: string): boolean {
    return this.#latestMessages.has(clientSecret);
  }

  /** Remembers that Spotify refused this secret. Returns the number of the message about it. */
  add(clientSecret: string): number {
    const message = ++this.#messageCount;
    this.#latestMessages.set(clientSecret, message);
    return message;
  }

  /** Forgets the refusal of a secret, because Spotify has accepted it. */
  delete(clientSecret: string): void {
    this.#latestMessages.delete(clientSecret);
  }

  /**
   * Whether the message with this number is the latest message about the secret. False after Spotify
   * has accepted the secret.
   */
  isLatestMessage(clientSecret: string, message: number): boolean {
    return this.#latestMessages.get(clientSecret) === message;
  }
}
