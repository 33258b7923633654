import type { ClientIdSource } from '../common/configuration.ts';
import type { CheckResult } from './checkResult.ts';
import type { Advice } from '../messages/advice.ts';
import type { FlowsFinding } from './flowsFinding.ts';
import type { PortFinding, ServerAnswer } from './machine.ts';
import type { ProxyFinding } from './proxyFinding.ts';
import type { SessionFinding } from './sessionFindings.ts';
import type { VersionsFinding } from './versionsFinding.ts';
import type { Problem } from '../common/log.ts';
import type { SecretsFinding } from './secretsCheck.ts';

/** The finding about the configured client ID. */
export interface ClientIdFinding {
  readonly source: ClientIdSource;
  /**
   * Whether the client ID has 32 hex digits. All known client IDs do, but Spotify does not promise it.
   */
  readonly isWellFormed: boolean;
}

/** The finding about one of Spotify's servers. */
export interface ServerFinding {
  /** `accounts.spotify.com` or `api.spotify.com`. */
  readonly name: string;
  /** Whether an environment variable replaces this server by a test server. */
  readonly isTestServer: boolean;
  readonly answer: ServerAnswer;
}

export type ClientSecretSource = 'none' | 'secrets' | 'environment';

/**
 * The findings of all checks. They do not identify the user, the computer or the app, except in
 * `recent` and in the errors of failed checks.
 */
export interface Findings {
  readonly at: Date;
  /** The problems that the environment variables cause. */
  readonly environment: readonly Advice[];
  readonly versions: CheckResult<VersionsFinding>;
  /** How many other extensions declare an authentication provider with the id `spotify`. */
  readonly competing: CheckResult<number>;
  readonly clientId: CheckResult<ClientIdFinding | undefined>;
  /** Where the client secret for app tokens comes from. */
  readonly clientSecret: CheckResult<ClientSecretSource>;
  readonly flows: CheckResult<FlowsFinding>;
  /** Whether the loopback port is free; undefined in a browser, where an extension cannot listen. */
  readonly port: CheckResult<PortFinding> | undefined;
  readonly secrets: CheckResult<SecretsFinding>;
  /** The configured proxy; undefined in a browser, which chooses the proxy itself. */
  readonly proxy: CheckResult<ProxyFinding | undefined> | undefined;
  readonly servers: readonly CheckResult<ServerFinding>[];
  readonly sessions: CheckResult<readonly SessionFinding[]>;
  /**
   * The latest warnings and errors of the log. Undefined if the list of the names to remove from them
   * may be incomplete.
   */
  readonly recent: readonly Problem[] | undefined;
}
