import type { FlowName, SignInFlow } from '../common/configuration.ts';
import { flowOf, type RedirectUriFault, redirectUriFault } from '../common/redirectUri.ts';

/** Where a sign-in takes place: all that the choice of its way back depends on. */
export interface FlowQuery {
  /** Where the extension runs: beside the editor's window, on a server, or in a browser's worker. */
  readonly host: 'local' | 'remote' | 'webWorker';
  /** What shows the editor: a program of its own, or a browser. */
  readonly ui: 'desktop' | 'web';
  /** `env.uriScheme`: `vscode`, or what a fork calls itself. */
  readonly uriScheme: string;
  /** `env.isAppPortable`: no operating system knows the scheme of such an editor. */
  readonly isPortable: boolean;
  /** The host of the page that shows the editor, in a browser: `localhost`, `github.dev`. */
  readonly pageHost: string | undefined;
  /** The redirect URI of the settings. */
  readonly redirectUri: string | undefined;
  /** The flow of the settings. */
  readonly signInFlow: SignInFlow;
}

/** Why a flow is of no use at a place; explained in `docs/sign-in-flows.md`. */
export type Obstacle =
  | 'cannotListen'
  | 'browserElsewhere'
  | 'notForwarded'
  | 'noEditorLinks'
  | 'portable'
  | 'notRelayed'
  | 'otherRedirectUri'
  | 'otherFlow';

/** A flow, and why it is of no use here; without an obstacle it is to be tried. */
export interface Choice {
  readonly flow: FlowName;
  readonly obstacle?: Obstacle | undefined;
}

/** From the most comfortable to the one that works everywhere. */
const ORDER = ['loopback', 'editorLink', 'relay', 'paste'] as const;

/** Every flow, in the order to try them: the table of `docs/sign-in-flows.md`. */
export function chooseFlows(here: FlowQuery): Choice[] {
  const place = withPossibleFlow(here);
  const { signInFlow: forced } = place;
  const choices = ORDER.map((flow) => ({ flow, obstacle: obstacle(flow, place) }));
  return choices.sort((a, b) => Number(b.flow === forced) - Number(a.flow === forced));
}

/** Why the redirect URI of the settings is of no use, to Spotify or to the flow of the settings. */
export function settingsFault(place: FlowQuery): RedirectUriFault | undefined {
  const { redirectUri, signInFlow } = place;
  if (redirectUri === undefined) return undefined;
  const [first] = chooseFlows(place);
  const clash = first?.flow === signInFlow && first.obstacle ? 'otherFlow' : undefined;
  return redirectUriFault(redirectUri) ?? clash;
}

/** Settings go where their owner goes: one that names what this place cannot do counts for nothing. */
function withPossibleFlow(place: FlowQuery): FlowQuery {
  const { host, signInFlow } = place;
  const isImpossible = host === 'webWorker' && signInFlow === 'loopback';
  return isImpossible ? { ...place, signInFlow: 'auto' } : place;
}

function obstacle(flow: FlowName, place: FlowQuery): Obstacle | undefined {
  if (flow === 'paste') return undefined;
  if (place.redirectUri !== undefined && flowOf(place.redirectUri, place.uriScheme) !== flow) {
    return 'otherRedirectUri';
  }
  if (place.signInFlow === flow) return undefined;
  return place.signInFlow === 'auto' ? ofThePlace[flow](place) : 'otherFlow';
}

const ofThePlace: Record<Exclude<FlowName, 'paste'>, (place: FlowQuery) => Obstacle | undefined> = {
  loopback: ({ host, ui, pageHost, redirectUri }) => {
    if (host === 'webWorker') return 'cannotListen';
    if (ui === 'web') return isLoopbackHost(pageHost) ? undefined : 'browserElsewhere';
    // VS Code's tunnels know 127.0.0.1 only.
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

/** What VS Code's own providers send through the relay; what else it forwards is not known. */
const RELAYED_SCHEMES = new Set(['vscode', 'vscode-insiders', 'vscode-exploration', 'vscode-wsl']);

/** Whether VS Code's own providers come back by the relay to a page of this host. */
export const isRelayedHost = (host: string | undefined): boolean =>
  /(^|\.)(vscode\.dev|github\.dev)$/.test(host ?? '');

/** Necessary for a browser to reach us by a loopback address, and no proof: a port may be forwarded. */
export function isLoopbackHost(host: string | undefined): boolean {
  return host !== undefined && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(host);
}
