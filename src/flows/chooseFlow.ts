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
  /** `env.isAppPortable`: the operating system does not know the scheme of a portable editor. */
  readonly isPortable: boolean;
  /** In a browser, the host of the editor's page, such as `localhost` or `github.dev`. */
  readonly pageHost: string | undefined;
  /** The redirect URI of the settings. */
  readonly redirectUri: string | undefined;
  /** The flow of the settings. */
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

/** A flow, and why it does not work here. A flow without an obstacle is tried. */
export interface Choice {
  readonly flow: FlowName;
  readonly obstacle?: Obstacle | undefined;
}

/** From the most convenient flow to the one that works everywhere. */
const ORDER = ['loopback', 'editorLink', 'relay', 'paste'] as const;

/** All flows, in the order in which a sign-in tries them: the table of `docs/sign-in-flows.md`. */
export function chooseFlows(given: FlowQuery): Choice[] {
  const query = withPossibleFlow(given);
  const { signInFlow: forced } = query;
  const choices = ORDER.map((flow) => ({ flow, obstacle: obstacle(flow, query) }));
  return choices.sort((a, b) => Number(b.flow === forced) - Number(a.flow === forced));
}

/** Why Spotify, or the flow of the settings, cannot use the redirect URI of the settings. */
export function settingsFault(query: FlowQuery): RedirectUriFault | undefined {
  const { redirectUri, signInFlow } = query;
  if (redirectUri === undefined) return undefined;
  const [first] = chooseFlows(query);
  const clash = first?.flow === signInFlow && first.obstacle ? 'otherFlow' : undefined;
  return redirectUriFault(redirectUri) ?? clash;
}

/** Settings may come from another machine, so a flow that is impossible here is ignored. */
function withPossibleFlow(query: FlowQuery): FlowQuery {
  const { host, signInFlow } = query;
  const isImpossible = host === 'webWorker' && signInFlow === 'loopback';
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
    // VS Code's tunnels forward 127.0.0.1 only.
    return host === 'remote' && redirectUri?.includes('[::1]') ? 'notForwarded' : undefined;
  },
  editorLink: ({ ui, isPortable }) => {
    if (ui === 'web') return 'noEditorLinks';
    return isPortable ? 'portable' : undefined;
  },
  relay: ({ ui, uriScheme, isPortable, pageHost }) => {
    if (ui === 'web') return isRelayedHost(pageHost) ? undefined : 'notRelayed';
    if (!RELAYED_SCHEMES.has(uriScheme)) return 'notRelayed';
    return isPortable ? 'portable' : undefined;
  },
};

/** The schemes that VS Code's own providers send through the relay. Others may not be forwarded. */
const RELAYED_SCHEMES = new Set(['vscode', 'vscode-insiders', 'vscode-exploration', 'vscode-wsl']);

/** Whether VS Code's own providers use the relay for an editor's page of this host. */
export const isRelayedHost = (host: string | undefined): boolean =>
  /(^|\.)(vscode\.dev|github\.dev)$/.test(host ?? '');

/** A condition for the loopback flow in a browser. It is no proof, since a port may be forwarded. */
export function isLoopbackHost(host: string | undefined): boolean {
  return host !== undefined && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(host);
}
