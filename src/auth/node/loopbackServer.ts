import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PageKind, SignInOutcome } from '../authorize.ts';
import { pageHeaders, PRIVATE } from './callbackPage.ts';
import { listenCapped } from './cappedServer.ts';
import { ConfigurationError } from '../errors.ts';
import { isLoopbackUrl } from '../loopbackAddress.ts';
import { isAnswerTo } from '../responseUrl.ts';
import { unlessAborted } from '../abortable.ts';

/** What a {@link LoopbackServer} waits for and shows. */
export interface LoopbackServerOptions {
  /**
   * `http`, any path, and a loopback IP literal, for which a free port is taken where none is
   * named; or `localhost` with a port, which means 127.0.0.1.
   */
  readonly redirectUri: string;
  /** The only `state` whose callback counts. */
  readonly state: string;
  /** The HTML document for a tab, self-contained: at most one inline `<style>`. */
  readonly page: (kind: PageKind) => string;
  /** How long the page and late duplicates are served after the callback, in milliseconds. */
  readonly lingerMs?: number;
  /** How long a connection may take to send its request, in milliseconds. */
  readonly requestMs?: number;
}

/** `http`, a host, a port, the rest: a `URL` drops port 80 and adds a path, and neither may be. */
const PARTS = /^(http:\/\/(?:\[[^\]]*\]|[^/?#:@\\]+))(?::(\d+))?(?=[/?]|$)/i;

/**
 * Receives the redirect of one sign-in (RFC 8252 section 7.3). It listens on the loopback address
 * of the redirect URI alone, takes one valid callback, and sends it on to a page
 * without parameters, so that no code stays in the address bar.
 */
export class LoopbackServer {
  /** Those whose sign-in is over; they make way for the next one on their port. */
  static readonly #over = new Set<LoopbackServer>();
  /** The redirect URI with the port in use: what the authorization request must name. */
  readonly redirectUri: string;
  readonly #options: LoopbackServerOptions;
  readonly #callbackPath: string;
  readonly #donePath: string;
  readonly #server: Server;
  readonly #callback: Promise<string>;
  readonly #outcome: Promise<PageKind>;
  readonly #delivered: Promise<void>;
  #resolveCallback!: (url: string) => void;
  #resolveOutcome!: (kind: PageKind) => void;
  #resolveDelivered!: () => void;
  #linger: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  private constructor(server: Server, redirectUri: string, options: LoopbackServerOptions) {
    this.#server = server;
    this.redirectUri = redirectUri;
    this.#options = options;
    this.#callbackPath = new URL(redirectUri).pathname;
    this.#donePath = this.#callbackPath === '/done' ? '/finished' : '/done';
    this.#callback = new Promise((resolve) => (this.#resolveCallback = resolve));
    this.#outcome = new Promise((resolve) => (this.#resolveOutcome = resolve));
    this.#delivered = new Promise((resolve) => (this.#resolveDelivered = resolve));
    server.on('request', (request, response) => {
      this.#answer(request, response);
    });
  }

  /**
   * @throws ConfigurationError when the redirect URI is not a loopback one, `ConnectionError` when
   * its port is taken.
   */
  static async listen(options: LoopbackServerOptions): Promise<LoopbackServer> {
    const { redirectUri } = options;
    const named = PARTS.exec(redirectUri)?.[2];
    const host = bindAddress(redirectUri, named);
    if (!host) throw new ConfigurationError(`${redirectUri} is not a loopback redirect URI.`);
    for (const over of LoopbackServer.#over) {
      if (over.#listensOn(host, Number(named))) await over.close('failed');
    }
    const server = await listenCapped(host, Number(named ?? 0), options.requestMs ?? 5000);
    const { port } = server.address() as AddressInfo;
    return new LoopbackServer(server, redirectUri.replace(PARTS, `$1:${port}`), options);
  }

  /** The address of the one valid callback. Rejects with the signal's reason when it aborts. */
  waitForCallback(signal: AbortSignal): Promise<string> {
    return unlessAborted(this.#callback, signal);
  }

  /**
   * Tells the waiting tab the outcome and stops; the promise resolves when every connection is
   * closed. After a callback the server stays until its linger time is over; where the sign-in
   * failed or expired, or the next one needs the port, until the tab has its page, for 0.5 s at most.
   */
  async close(outcome: SignInOutcome): Promise<void> {
    LoopbackServer.#over.add(this);
    this.#resolveOutcome(outcome);
    const isVain = outcome === 'failed' || outcome === 'expired';
    if (this.#linger) await (isVain ? this.#shortLinger() : this.#linger);
    this.#timer?.unref();
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    LoopbackServer.#over.delete(this);
    await closed;
  }

  #listensOn(host: string, port: number): boolean {
    const address = this.#server.address() as AddressInfo | null;
    return address?.address === host && address.port === port;
  }

  #shortLinger(): Promise<void> {
    const limit = new Promise<void>((resolve) => setTimeout(resolve, 500).unref());
    return Promise.race([this.#linger, this.#delivered, limit]);
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const url = parseUrl(request.url ?? '', this.redirectUri);
    const { host } = new URL(this.redirectUri);
    const isCallback = url?.pathname === this.#callbackPath;
    // A page elsewhere that has its name resolve to us is told nothing (DNS rebinding).
    if (request.headersDistinct['host']?.join() !== host || url?.host !== host)
      return refuse(response, 421);
    if (!isCallback && url.pathname !== this.#donePath) return refuse(response, 404);
    if (request.method !== 'GET') return refuse(response, 405);
    if (isAhead(request)) return refuse(response, 503);
    if (isCallback) this.#receive(url, response);
    else void this.#show(url, response);
  }

  #receive(url: URL, response: ServerResponse): void {
    // Its address stays: it may be another sign-in's, to be pasted there.
    if (!isAnswerTo(url, this.#options.state)) return this.#reply(response, 'unknown');
    if (this.#linger) return this.#redirect(response, '?used');
    this.#linger = new Promise<void>((resolve) => {
      this.#timer = setTimeout(resolve, this.#options.lingerMs ?? 5000);
    }).then(() => {
      this.#resolveOutcome('received');
    });
    this.#redirect(response);
    this.#resolveCallback(url.href);
  }

  async #show(url: URL, response: ServerResponse): Promise<void> {
    const isUsed = url.search === '?used';
    const kind = isUsed ? 'used' : this.#linger && this.#outcome;
    this.#reply(response, (await kind) ?? 'unknown');
    if (this.#linger && !isUsed) response.once('finish', () => this.#pageIsDelivered());
  }

  #reply(response: ServerResponse, kind: PageKind): void {
    const html = this.#options.page(kind);
    response.writeHead(200, pageHeaders(html)).end(html);
  }

  #pageIsDelivered(): void {
    this.#resolveDelivered();
    // Late duplicates are answered as long as the program runs anyway.
    this.#timer?.unref();
    this.#server.unref();
  }

  #redirect(response: ServerResponse, told: '?used' | '' = ''): void {
    response.writeHead(303, { ...PRIVATE, Location: this.#donePath + told }).end();
  }
}

function parseUrl(url: string, base?: string): URL | undefined {
  return URL.canParse(url, base) ? new URL(url, base) : undefined;
}

/** The address to listen on, or undefined for a redirect URI that does not come back to us. */
function bindAddress(redirectUri: string, port: string | undefined): string | undefined {
  const url = PARTS.test(redirectUri) ? parseUrl(redirectUri) : undefined;
  if (!url) return undefined;
  if (url.hostname === 'localhost' && port) return '127.0.0.1';
  return isLoopbackUrl(url.href) ? url.hostname.replace(/^\[|\]$/g, '') : undefined;
}

/**
 * Whether a browser loads ahead of a navigation, which may never come: by the Fetch standard, by
 * older Chromium and Safari, or by older Firefox.
 */
function isAhead({ headers }: IncomingMessage): boolean {
  const purposes = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].map((name) => headers[name]);
  return /\bpre(fetch|render|view)\b/i.test(purposes.join());
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, PRIVATE).end();
}
