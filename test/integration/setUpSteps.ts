import type { QuickInputs } from './quickInputs.ts';
import type { ShownBox } from './shownInput.ts';
import type { ShownList } from './shownList.ts';

/** The steps of the set-up, as a user goes through them. */
export class SetUpSteps {
  readonly #inputs: QuickInputs;

  constructor(inputs: QuickInputs) {
    this.#inputs = inputs;
  }

  app(): Promise<ShownList> {
    return this.#inputs.list('Set Up Spotify: Your Own App');
  }

  redirectUris(): Promise<ShownList> {
    return this.#inputs.list('Set Up Spotify: Redirect URIs');
  }

  /** Goes from the first step to the last. */
  async toClientId(): Promise<ShownBox> {
    (await this.app()).choose('I Have an App');
    (await this.redirectUris()).choose('Continue');
    return this.#inputs.box();
  }
}
