import type { ClientIdSource } from '../common/configuration.ts';
import type { CheckResult } from './checkResult.ts';
import type { ProxyFinding } from './proxy.ts';
import type { PortFinding, ServerAnswer } from './machine.ts';
import type { SessionFinding } from './sessions.ts';
import type { Versions } from './versions.ts';
import type { FlowsFinding } from './flows.ts';
import type { Problem } from '../common/log.ts';
import type { SecretsFinding } from './secretsCheck.ts';

/** What may be known of a client ID. */
export interface ClientIdFinding {
  readonly source: ClientIdSource;
  /** Whether it is 32 hex digits, as all that were ever seen; Spotify does not promise it. */
  readonly isWellFormed: boolean;
}

/** How one of Spotify's servers answers. */
export interface ServerFinding {
  /** `accounts.spotify.com` or `api.spotify.com`. */
  readonly name: string;
  /** Whether the environment names another in its place. */
  readonly isTestServer: boolean;
  readonly answer: ServerAnswer;
}

export type ClientSecretSource = 'none' | 'secrets' | 'environment';

/** All that a report tells; nothing in it says who signs in, where, or by which app. */
export interface Findings {
  readonly at: Date;
  readonly versions: CheckResult<Versions>;
  /** How many other extensions are a provider of `spotify`, as far as can be seen. */
  readonly competing: CheckResult<number>;
  readonly clientId: CheckResult<ClientIdFinding | undefined>;
  /** Where the client secret is that app tokens need. */
  readonly clientSecret: CheckResult<ClientSecretSource>;
  readonly flows: CheckResult<FlowsFinding>;
  /** Undefined where nobody can listen. */
  readonly port: CheckResult<PortFinding> | undefined;
  readonly secrets: CheckResult<SecretsFinding>;
  /** Undefined where proxies are the browser's business. */
  readonly proxy: CheckResult<ProxyFinding | undefined> | undefined;
  readonly servers: readonly CheckResult<ServerFinding>[];
  readonly sessions: CheckResult<readonly SessionFinding[]>;
  /** Undefined where nobody knows all that would have to be taken out of it. */
  readonly recent: readonly Problem[] | undefined;
}
