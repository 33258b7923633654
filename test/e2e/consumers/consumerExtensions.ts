import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import esbuild from 'esbuild';
import { out } from '../../../scripts/paths.ts';

/** The consumers by their display names. `entry` is the manifest field that decides where one runs. */
const consumers = {
  'Consumer A': { name: 'consumer-a', entry: 'main' },
  'Consumer B': { name: 'consumer-b', entry: 'main' },
  /** Without a `main` it runs in the web-worker extension host. */
  'Consumer Web': { name: 'consumer-web', entry: 'browser' },
} as const;

export type ConsumerName = keyof typeof consumers;

export const consumerId = (name: ConsumerName): string => `tests.${consumers[name].name}`;

export const ALL_CONSUMERS = Object.keys(consumers) as ConsumerName[];

const built = new Map<ConsumerName, Promise<string>>();

/** Returns the folders of consumers. They are written once, so that tests can share an editor. */
export function consumerExtensions(names = ALL_CONSUMERS): Promise<string[]> {
  return Promise.all(
    names.map((name) => {
      const folder = built.get(name) ?? write(name);
      built.set(name, folder);
      return folder;
    }),
  );
}

async function write(displayName: ConsumerName): Promise<string> {
  const { name, entry } = consumers[displayName];
  const folder = path.join(out, 'consumers', name);
  await mkdir(folder, { recursive: true });
  const manifest = {
    name,
    displayName,
    publisher: 'tests',
    version: '0.0.1',
    engines: { vscode: '^1.105.0' },
    extensionDependencies: ['spotify-sdk.spotify-authentication'],
    activationEvents: ['onStartupFinished'],
    [entry]: './extension.cjs',
  };
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
  await esbuild.build({
    entryPoints: [path.join(import.meta.dirname, 'extension.ts')],
    outfile: path.join(folder, 'extension.cjs'),
    bundle: true,
    platform: entry === 'main' ? 'node' : 'browser',
    format: 'cjs',
    target: 'node22',
    external: ['vscode'],
  });
  return folder;
}
