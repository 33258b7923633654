import { registerHooks } from 'node:module';

/** The settings that modules read which were imported under {@link fakeVscode}. */
export const settings: Record<string, unknown> = {};
/** The texts of all messages that such modules have shown. */
export const messages: string[] = [];

const api = {
  workspace: {
    getConfiguration: (section: string) => ({
      get: (name: string) => settings[`${section}.${name}`],
      update: (name: string, value: unknown) => {
        settings[`${section}.${name}`] = value;
        return Promise.resolve();
      },
    }),
  },
  window: {
    showWarningMessage: (text: string) => {
      messages.push(text);
      return Promise.resolve(undefined);
    },
  },
  ConfigurationTarget: { Global: 1 },
  CancellationError: Error,
  l10n: { t: (text: string) => text },
  env: { appName: 'an editor' },
};

const NAME = 'fakeVscode of the tests of stored data';
const source = `export const { ${Object.keys(api).join()} } = globalThis[${JSON.stringify(NAME)}];`;

/** Lets modules import a fake of `vscode`, until the returned function is called. */
export function fakeVscode(): () => void {
  Object.assign(globalThis, { [NAME]: api });
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'vscode'
        ? { url: `data:text/javascript,${encodeURIComponent(source)}`, shortCircuit: true }
        : next(specifier, context),
  });
  return () => hooks.deregister();
}
