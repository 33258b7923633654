import type { FlowName, SignInFlow } from '../common/configuration.ts';
import { flowOf, type RedirectUriFault, redirectUriFault } from '../common/redirectUri.ts';

/** The environment of a sign-in: everything that the choice of a flow depends on. */
export interface FlowQuery {
  /** Where the extension runs: on the user's computer, on a server, or in a browser's web worker. */
  readonly host: 'local' | 'remote' | 'webWorker';
  /** What shows the editor: a desktop program, or a browser. */
  readonly ui: 'desktop' | 'web';
  /** `env.uriScheme`: `vscode`, or the scheme of a fork. */
  readonly uriScheme: string;
  /** `env.isAppPortable`. The operating system does not open links in a portable editor. */
  readonly isPortable: boolean;
  /**
   * The host of the editor's page in a browser, such as `localhost` or `github.dev`. Undefined if
   * it is unknown, and on the desktop.
   */
  readonly pageHost: string | undefined;
  /** The redirect URI of the settings; undefined if there is none. */
  readonly redirectUri: string | undefined;
  /** The flow that the settings demand; `auto` if they leave the choice to the extension. */
  readonly signInFlow: SignInFlow;
}

/** Why a flow does not work in an environment; explained in `docs/sign-in-flows.md`. */
type Obstacle =
  | 'cannotListen'
  | 'browserElsewhere'
  | 'notForwarded'
  | 'noEditorLinks'
  | 'portable'
  | 'notRelayed'
  | 'otherRedirectUri'
  | 'otherFlow';

/**
 * A flow, and the obstacle if it does not work here. A sign-in tries only flows without an
 * obstacle.
 */
export interface Choice {
  readonly flow: FlowName;
  readonly obstacle?: Obstacle | undefined;
}

/** All flows, from the most convenient one to the one that works everywhere. */
const ORDER = ['loopback', 'editorLink', 'relay', 'paste'] as const;

/**
 * Returns all flows in the order in which a sign-in tries them. `docs/sign-in-flows.md` has a table
 * of the order and the obstacles.
 */
export function chooseFlows(given: FlowQuery): Choice[] {
  const query = withPossibleFlow(given);
  const { signInFlow: forced } = query;
  const choices = ORDER.map((flow) => ({ flow, obstacle: obstacle(flow, query) }));
  return choices.sort((a, b) => Number(b.flow === forced) - Number(a.flow === forced));
}

/**
 * Returns why the redirect URI of the settings cannot be used: Spotify refuses it, or it does not
 * fit the flow of the settings. Undefined if it can be used, or if the settings have none.
 */
export function settingsFault(query: FlowQuery): RedirectUriFault | undefined {
  const { redirectUri, signInFlow } = query;
  if (redirectUri === undefined) return undefined;
  const [first] = chooseFlows(query);
  const clash = first?.flow === signInFlow && first.obstacle ? 'otherFlow' : undefined;
  return redirectUriFault(redirectUri) ?? clash;
}

/**
 * Returns the first setting that cannot work here, as one that comes from another computer; undefined if
 * there is none. A redirect URI without http is a link to one editor: no other one receives it, and no
 * browser shows it as an address to paste.
 */
export function lostSetting(query: FlowQuery): 'signInFlow' | 'redirectUri' | undefined {
  if (withPossibleFlow(query) !== query) return 'signInFlow';
  const { redirectUri = '', signInFlow } = query;
  if (redirectUriFault(redirectUri) || /^https?:/i.test(redirectUri)) return undefined;
  // The setting says that the operating system opens links to this portable editor.
  const flow = signInFlow === 'editorLink' ? signInFlow : 'auto';
  return obstacle('editorLink', { ...query, signInFlow: flow }) && 'redirectUri';
}

/** Replaces a flow of the settings that is impossible here by `auto`. */
function withPossibleFlow(query: FlowQuery): FlowQuery {
  const { host, ui, signInFlow } = query;
  const isImpossible =
    (host === 'webWorker' && signInFlow === 'loopback') ||
    (ui === 'web' && signInFlow === 'editorLink');
  return isImpossible ? { ...query, signInFlow: 'auto' } : query;
}

function obstacle(flow: FlowName, query: FlowQuery): Obstacle | undefined {
  if (flow === 'paste') return undefined;
  if (query.redirectUri !== undefined && flowOf(query.redirectUri, query.uriScheme) !== flow) {
    return 'otherRedirectUri';
  }
  if (query.signInFlow === flow) return undefined;
  return query.signInFlow === 'auto' ? obstacles[flow](query) : 'otherFlow';
}

const obstacles: Record<Exclude<FlowName, 'paste'>, (query: FlowQuery) => Obstacle | undefined> = {
  loopback: ({ host, ui, pageHost, redirectUri }) => {
    if (host === 'webWorker') return 'cannotListen';
    if (ui === 'web') return isLoopbackHost(pageHost) ? undefined : 'browserElsewhere';
    // VS Code's tunnels forward only 127.0.0.1.
    return host === 'remote' && redirectUri?.includes('[::1]') ? 'notForwarded' : undefined;
  },
  editorLink: ({ ui, isPortable }) => {
    if (ui === 'web') return 'noEditorLinks';
    return isPortable ? 'portable' : undefined;
  },
  relay: ({ ui, uriScheme, isPortable, pageHost }) => {
    if (ui === 'web') return isRelayedHost(pageHost) ? undefined : 'notRelayed';
    if (!RELAYED_SCHEMES.test(uriScheme)) return 'notRelayed';
    return isPortable ? 'portable' : undefined;
  },
};

/**
 * The URI schemes for which VS Code's own providers use the relay. The relay may not forward
 * others.
 */
const RELAYED_SCHEMES = /^vscode(-insiders|-exploration|-wsl|-agents(-insiders|-exploration)?)?$/;

/** Whether VS Code's own providers use the relay for an editor's page of this host. */
export const isRelayedHost = (host: string | undefined): boolean =>
  /(^|\.)(vscode\.dev|github\.dev)$/.test(host ?? '');

/**
 * Whether the host of the editor's page is a loopback address, as the loopback flow needs in a
 * browser. This does not prove that the flow works: the page's port may be forwarded from another
 * computer.
 */
export function isLoopbackHost(host: string | undefined): boolean {
  return host !== undefined && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(host);
}
