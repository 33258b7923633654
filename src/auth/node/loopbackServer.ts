import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PageKind, SignInOutcome } from '../authorize.ts';
import { pageHeaders, PRIVATE_HEADERS, withPlainPage } from './callbackPage.ts';
import { closeServer, listenCappedOnAll } from './cappedServer.ts';
import { isLoopbackUrl, notLoopback } from '../loopbackAddress.ts';
import { isAnswerTo } from '../responseUrl.ts';
import { unlessAborted } from '../abortable.ts';

/** Options of {@link LoopbackServer}. */
export interface LoopbackServerOptions {
  /**
   * An `http` URL with any path. Its host is a loopback IP literal, with a port or without one for a
   * free port; or `localhost` with a port, which is listened for on 127.0.0.1 and [::1]: not for
   * Spotify, but for test servers.
   */
  readonly redirectUri: string;
  /** Callbacks with any other `state` are ignored. */
  readonly state: string;
  /**
   * Returns the HTML document for a tab. It may have one inline `<style>`, and load nothing. If it throws,
   * the tab shows a plain page.
   */
  readonly page: (kind: PageKind) => string;
  /** How long the server still answers after the callback, in milliseconds; 5000 by default. */
  readonly lingerMs?: number;
  /** How long a connection may take to send its request, in milliseconds; 5000 by default. */
  readonly requestMs?: number;
}

/** Splits host, port and rest without `URL`, which drops `:80` and adds `/`. */
const REDIRECT_URI_PARTS = /^(http:\/\/(?:\[[^\]]*\]|[^/?#:@\\]+))(?::(\d+))?(?=[/?]|$)/i;

/**
 * Receives the callback of one sign-in (RFC 8252 section 7.3) on the loopback address of its redirect
 * URI. Accepts one valid callback, and redirects the tab to a page without parameters, so that no
 * code stays in the address bar.
 */
export class LoopbackServer {
  /** Servers whose sign-in is over. They close early when a new one needs their port. */
  static readonly #lingering = new Set<LoopbackServer>();
  /** The redirect URI with the port in use, for the authorization request. */
  readonly redirectUri: string;
  readonly #options: LoopbackServerOptions;
  readonly #callbackPath: string;
  readonly #donePath: string;
  readonly #page: (kind: PageKind) => string;
  readonly #servers: readonly Server[];
  readonly #callback = new Deferred<string>();
  readonly #outcome = new Deferred<PageKind>();
  readonly #delivered = new Deferred<void>();
  #linger: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  private constructor(
    servers: readonly Server[],
    redirectUri: string,
    options: LoopbackServerOptions,
  ) {
    this.#servers = servers;
    this.redirectUri = redirectUri;
    this.#options = options;
    this.#page = withPlainPage(options.page);
    this.#callbackPath = new URL(redirectUri).pathname;
    this.#donePath = this.#callbackPath === '/done' ? '/finished' : '/done';
    for (const server of servers) {
      server.on('request', (request, response) => {
        this.#answer(request, response);
      });
    }
  }

  /**
   * Starts the server.
   * @throws ConfigurationError when the redirect URI is not a loopback one, `ConnectionError` when
   * its port is in use.
   */
  static async listen(options: LoopbackServerOptions): Promise<LoopbackServer> {
    const { redirectUri } = options;
    const namedPort = REDIRECT_URI_PARTS.exec(redirectUri)?.[2];
    const hosts = bindAddresses(redirectUri, namedPort);
    if (!hosts) throw notLoopback(redirectUri);
    for (const earlier of LoopbackServer.#lingering) {
      if (earlier.#listensOn(hosts, Number(namedPort))) await earlier.close('failed');
    }
    const [server, ...others] = await listenCappedOnAll(
      hosts,
      Number(namedPort ?? 0),
      options.requestMs ?? 5000,
    );
    const { port } = server.address() as AddressInfo;
    return new LoopbackServer(
      [server, ...others],
      redirectUri.replace(REDIRECT_URI_PARTS, `$1:${port}`),
      options,
    );
  }

  /** Returns the URL of the valid callback. Rejects with the signal's reason on an abort. */
  waitForCallback(signal: AbortSignal): Promise<string> {
    return unlessAborted(this.#callback.promise, signal);
  }

  /**
   * Shows `outcome` in the tab that waits, then stops the server. Without a callback, the server
   * stops at once. After a callback, it stops `lingerMs` after the callback arrived. If the outcome
   * is `failed` or `expired`, it stops when the tab has received its page, and after 0.5 s at the
   * latest. A new server that needs the same port also closes this one as `failed`. Resolves when
   * all connections are closed.
   */
  async close(outcome: SignInOutcome): Promise<void> {
    LoopbackServer.#lingering.add(this);
    this.#outcome.resolve(outcome);
    const isOver = outcome === 'failed' || outcome === 'expired';
    if (this.#linger) await (isOver ? this.#shortLinger() : this.#linger);
    this.#timer?.unref();
    const closed = Promise.all(this.#servers.map(closeServer));
    LoopbackServer.#lingering.delete(this);
    await closed;
  }

  /**
   * Resolves when the tab has the page of the outcome, `limitMs` milliseconds later at most; at once if
   * no callback came. A program that ends before would leave the tab with a broken connection.
   */
  async waitForPage(limitMs: number): Promise<void> {
    if (!this.#linger) return;
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<void>((resolve) => (timer = setTimeout(resolve, limitMs)));
    await Promise.race([this.#delivered.promise, limit]);
    clearTimeout(timer);
  }

  #listensOn(hosts: readonly string[], port: number): boolean {
    return this.#servers.some((server) => {
      const address = server.address() as AddressInfo | null;
      return address?.port === port && hosts.includes(address.address);
    });
  }

  #shortLinger(): Promise<void> {
    const limit = new Promise<void>((resolve) => setTimeout(resolve, 500).unref());
    return Promise.race([this.#linger, this.#delivered.promise, limit]);
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const url = parseUrl(request.url ?? '', this.redirectUri);
    const { host } = new URL(this.redirectUri);
    const isCallback = url?.pathname === this.#callbackPath;
    // DNS rebinding: another website's name may resolve to this server.
    if (request.headersDistinct['host']?.join() !== host || url?.host !== host)
      return refuse(response, 421);
    if (!isCallback && url.pathname !== this.#donePath) return refuse(response, 404);
    if (request.method !== 'GET') return refuse(response, 405);
    if (isPrefetch(request)) return refuse(response, 503);
    if (isCallback) this.#receive(url, response);
    else void this.#show(url, response);
  }

  #receive(url: URL, response: ServerResponse): void {
    // No redirect: the user may have to paste the URL into another sign-in.
    if (!isAnswerTo(url, this.#options.state)) return this.#reply(response, 'unknown');
    if (this.#linger) return this.#redirect(response, '?used');
    this.#linger = new Promise<void>((resolve) => {
      this.#timer = setTimeout(resolve, this.#options.lingerMs ?? 5000);
    }).then(() => {
      this.#outcome.resolve('received');
    });
    this.#redirect(response);
    this.#callback.resolve(url.href);
  }

  async #show(url: URL, response: ServerResponse): Promise<void> {
    const isUsed = url.search === '?used';
    const kind = isUsed ? 'used' : this.#linger && this.#outcome.promise;
    this.#reply(response, (await kind) ?? 'unknown');
    if (this.#linger && !isUsed) response.once('finish', () => this.#pageIsDelivered());
  }

  #reply(response: ServerResponse, kind: PageKind): void {
    const html = this.#page(kind);
    response.writeHead(200, pageHeaders(html)).end(html);
  }

  #pageIsDelivered(): void {
    this.#delivered.resolve();
    // Repeated callbacks are still answered, but do not keep the program running.
    this.#timer?.unref();
    for (const server of this.#servers) server.unref();
  }

  #redirect(response: ServerResponse, query: '?used' | '' = ''): void {
    response.writeHead(303, { ...PRIVATE_HEADERS, Location: this.#donePath + query }).end();
  }
}

/** A promise that is resolved from outside. */
class Deferred<T> {
  resolve!: (value: T) => void;
  readonly promise = new Promise<T>((resolve) => (this.resolve = resolve));
}

function parseUrl(url: string, base?: string): URL | undefined {
  return URL.canParse(url, base) ? new URL(url, base) : undefined;
}

/** Returns the IP addresses to listen on; undefined if the redirect URI is not a loopback one. */
function bindAddresses(
  redirectUri: string,
  port: string | undefined,
): [string, ...string[]] | undefined {
  const url = REDIRECT_URI_PARTS.test(redirectUri) ? parseUrl(redirectUri) : undefined;
  if (!url) return undefined;
  // Browsers may try [::1] first.
  if (url.hostname === 'localhost' && port) return ['127.0.0.1', '::1'];
  return isLoopbackUrl(url.href) ? [url.hostname.replace(/^\[|\]$/g, '')] : undefined;
}

/**
 * Whether a browser loads the page before the user opens it. The headers are those of the Fetch
 * standard, of older Chromium and Safari, and of older Firefox.
 */
function isPrefetch({ headers }: IncomingMessage): boolean {
  const purposes = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].map((name) => headers[name]);
  return /\bpre(fetch|render|view)\b/i.test(purposes.join());
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, PRIVATE_HEADERS).end();
}
