/** The parts of a URI as the workbench passes them; also its class of URIs, as far as needed. */
interface UriParts {
  readonly scheme?: string;
  readonly authority?: string;
  readonly path?: string;
  readonly query?: string;
  readonly fragment?: string;
}

interface Uris {
  from(parts: UriParts): object;
  parse(text: string): object;
}

/** What a window asks of the test process, which keeps the secrets of all windows. */
export interface SecretRequest {
  /** `open` comes first, at each load of the window. */
  readonly action: 'open' | 'get' | 'set' | 'delete' | 'keys';
  readonly key?: string;
  readonly value?: string;
}

/** A link that the operating system hands to the editor. */
export interface DeliveredLink {
  readonly uri: string;
  /** Whether the editor passes it on without asking the person. */
  readonly trusted: boolean;
}

/** The object `desktopLike` of a window: for the patched workbench, and for the test process. */
export interface DesktopLikeWindow {
  secretStorageProvider(): object;
  urlCallbackProvider(uris: Uris): object;
  secretChanged(key: string): void;
  open(link: DeliveredLink): void;
}

interface PageGlobals {
  desktopLike: DesktopLikeWindow;
  desktopLikeSecrets(request: SecretRequest): Promise<unknown>;
  sessionStorage: Record<string, string | undefined>;
}

/**
 * Runs in every page before its own scripts, so it can use nothing from outside; a page that is no
 * workbench takes no notice of what it leaves there.
 */
export function installDesktopLikeWindow(): void {
  const page = globalThis as unknown as PageGlobals;
  let secretListener: ((key: string) => void) | undefined;
  let linkListener: ((link: { uri: object; trusted: boolean }) => void) | undefined;
  let uriClass: Uris | undefined;
  /** The same after a reload, as on the desktop. */
  const windowId = () => (page.sessionStorage['windowId'] ??= String(Date.now() % 1e6));

  page.desktopLike = {
    secretStorageProvider() {
      const ask = (request: SecretRequest) => page.desktopLikeSecrets(request);
      const opened = ask({ action: 'open' });
      return {
        type: 'persisted',
        get: (key: string) => opened.then(() => ask({ action: 'get', key })),
        set: (key: string, value: string) => opened.then(() => ask({ action: 'set', key, value })),
        delete: (key: string) => opened.then(() => ask({ action: 'delete', key })),
        keys: () => opened.then(() => ask({ action: 'keys' })),
        onDidChange: (listener: (key: string) => void) => (secretListener = listener),
      };
    },
    urlCallbackProvider(uris) {
      uriClass = uris;
      return {
        create({ authority = '', path = '', query = '', fragment = '' }: UriParts = {}) {
          const withId = `${query}${query && '&'}windowId=${windowId()}`;
          return uris.from({ scheme: 'code-oss', authority, path, query: withId, fragment });
        },
        onCallback(listener: typeof linkListener) {
          linkListener = listener;
          return { dispose: () => (linkListener = undefined) };
        },
      };
    },
    secretChanged: (key) => secretListener?.(key),
    open({ uri, trusted }) {
      if (!linkListener || !uriClass) throw new Error('The workbench does not take links yet.');
      linkListener({ uri: uriClass.parse(uri), trusted });
    },
  };
}
