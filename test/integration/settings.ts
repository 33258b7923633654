import * as vscode from 'vscode';
import { SECTION } from '../../src/common/configuration.ts';

/** Changes the user's settings of the extension. Disposing of it clears the changed ones. */
export class Settings implements AsyncDisposable {
  readonly #changed = new Set<string>();

  async set(
    name: 'clientId' | 'offerSignIn' | 'redirectUri' | 'signInFlow',
    value: unknown,
  ): Promise<void> {
    this.#changed.add(name);
    await this.#update(name, value);
  }

  get(name: string): unknown {
    return vscode.workspace.getConfiguration(SECTION).inspect(name)?.globalValue;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const name of this.#changed) await this.#update(name, undefined);
  }

  async #update(name: string, value: unknown): Promise<void> {
    const settings = vscode.workspace.getConfiguration(SECTION);
    await settings.update(name, value, vscode.ConfigurationTarget.Global);
  }
}
