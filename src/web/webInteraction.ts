import type { BuiltProvider, Interaction } from '../window/buildProvider.ts';
import { buildInteraction } from '../window/interaction.ts';
import { browserMachine } from './browserMachine.ts';

/** What a person deals with, in a file of its own: see `loadInteraction.ts`. */
export const interact = (built: BuiltProvider): Interaction =>
  buildInteraction(built, browserMachine);
