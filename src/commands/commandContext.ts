import type { BuiltProvider, Interaction } from '../window/buildProvider.ts';
import type { Machine } from '../diagnosis/machine.ts';
import type { SecretsCheck } from '../diagnosis/secretsCheck.ts';
import type { GuidedEnvironment } from '../signIn/guidedSignIn.ts';

/** What a command works with: the objects of one window. */
export interface CommandContext
  extends
    Pick<BuiltProvider, 'log' | 'provider' | 'refresher' | 'store'>,
    Pick<Interaction, 'appSessions' | 'signIn'> {
  readonly machine: Machine;
  readonly environment: GuidedEnvironment;
  readonly secretsCheck: SecretsCheck;
}
