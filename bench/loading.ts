import { createRequire } from 'node:module';
import path from 'node:path';
import * as vscode from 'vscode';
import { OWN_ID } from '../test/integration/signInRequest.ts';
import { type Measurement, rowsOf, type Subject } from './measurement.ts';

const LOADS = 25;
const COMPANION_ID = 'bench.bench-companion';

/** What the companion returns. */
export interface Companion {
  readonly context: vscode.ExtensionContext;
  /** By the path of an entry: how long it loaded, and how long `activate` took, in milliseconds. */
  readonly starts: ReadonlyMap<string, { readonly load: number; readonly activate?: number }>;
}

/**
 * Measures how VS Code started the extensions: how long their bundles loaded, and how long `activate`
 * took. Then loads the bundles again and again. VS Code may start its own extension before the companion
 * can look: then the start has no figure.
 */
export async function loadingTimes(): Promise<Measurement[]> {
  const files = new Map<Subject, string>();
  const cold = new Map<Subject, number[]>();
  const activations = new Map<Subject, number[]>();
  for (const [subject, id] of [
    ['ours', OWN_ID],
    ['nothing', 'bench.bench-nothing'],
    ['github', 'vscode.github-authentication'],
  ] as const) {
    const extension = extensionOf(id);
    await extension.activate();
    const file = entryOf(extension);
    files.set(subject, file);
    const start = companion().starts.get(file);
    if (start) cold.set(subject, [start.load]);
    if (start?.activate !== undefined) activations.set(subject, [start.activate]);
  }
  return [
    ...rowsOf('Load of the bundle', 'ms', cold, { 'by VS Code': 0 }),
    ...rowsOf('activate()', 'ms', activations, { 'by VS Code': 0 }),
    ...rowsOf('Load of the bundle', 'ms', loadInTurns(files), { [`median of ${LOADS}`]: 0.5 }),
  ];
}

export function companion(): Companion {
  const extension = extensionOf(COMPANION_ID);
  if (!extension.isActive) throw new Error('The companion is not active.');
  return extension.exports as Companion;
}

function extensionOf(id: string): vscode.Extension<unknown> {
  const extension = vscode.extensions.getExtension<unknown>(id);
  if (!extension) throw new Error(`VS Code does not know the extension ${id}.`);
  return extension;
}

function entryOf({ extensionPath, packageJSON }: vscode.Extension<unknown>): string {
  const { main } = packageJSON as { main: string };
  return createRequire(__filename).resolve(path.join(extensionPath, main));
}

/** Loads each bundle again and again, in turns, so that other load disturbs all alike. */
function loadInTurns(files: ReadonlyMap<Subject, string>): Map<Subject, number[]> {
  const samples = new Map<Subject, number[]>([...files.keys()].map((subject) => [subject, []]));
  for (let round = 0; round < LOADS; round++) {
    for (const [subject, file] of files) {
      const load = createRequire(file);
      Reflect.deleteProperty(load.cache, file);
      const begin = performance.now();
      load(file);
      samples.get(subject)?.push(performance.now() - begin);
    }
  }
  return samples;
}
