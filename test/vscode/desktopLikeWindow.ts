/** The parts of a URI, as the workbench passes them. */
interface UriParts {
  readonly scheme?: string;
  readonly authority?: string;
  readonly path?: string;
  readonly query?: string;
  readonly fragment?: string;
}

/** The used members of the workbench’s class of URIs. */
interface UriClass {
  from(parts: UriParts): object;
  parse(text: string): object;
}

/** A request of a window to the test process, which keeps the secrets of all windows. */
export interface SecretRequest {
  /** At each load of the window `open` is the first one. */
  readonly action: 'open' | 'get' | 'set' | 'delete' | 'keys';
  readonly key?: string;
  readonly value?: string;
}

/** A link that the operating system passes to the editor. */
export interface DeliveredLink {
  readonly uri: string;
  /** Whether the editor passes it to the extension without asking the user. */
  readonly trusted: boolean;
}

/** The object `desktopLike` of a window, which the patched workbench and the test process use. */
export interface DesktopLikeWindow {
  secretStorageProvider(): object;
  urlCallbackProvider(uris: UriClass): object;
  secretChanged(key: string): void;
  open(link: DeliveredLink): void;
}

interface PageGlobals {
  desktopLike: DesktopLikeWindow;
  desktopLikeSecrets(request: SecretRequest): Promise<unknown>;
  sessionStorage: Record<string, string | undefined>;
}

/**
 * Runs in every page before the page’s own scripts, so it can use nothing from outside. Pages other
 * than the workbench ignore the object that it adds.
 */
export function installDesktopLikeWindow(): void {
  const page = globalThis as unknown as PageGlobals;
  let secretListener: ((key: string) => void) | undefined;
  let linkListener: ((link: { uri: object; trusted: boolean }) => void) | undefined;
  let uriClass: UriClass | undefined;
  /** A reload keeps the id, as on the desktop. */
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
      if (!linkListener || !uriClass) throw new Error('The workbench does not accept links yet.');
      linkListener({ uri: uriClass.parse(uri), trusted });
    },
  };
}
