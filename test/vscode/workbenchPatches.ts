import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ServerBuild } from './serverBuild.ts';

/** A place in the workbench’s script, and its replacement. Named groups keep minified names. */
interface Patch {
  readonly what: string;
  readonly pattern: RegExp;
  readonly replacement: string;
}

/** `desktopLike` is the object that desktopLikeWindow.ts adds to the page. */
const providers: readonly Patch[] = [
  {
    what: 'the options: where the callbacks of asExternalUri come from, and no rewritten loopback',
    pattern:
      /urlCallbackProvider:new \w+\(\w+\.callbackRoute\),resolveExternalUri:(?=[^]{1,900}?(?<URI>\w+)\.parse\(new URL\()/g,
    replacement:
      'urlCallbackProvider:desktopLike.urlCallbackProvider($<URI>),resolveExternalUriDropped:',
  },
  {
    what: 'the options: where the secrets are kept',
    pattern: /secretStorageProvider:\w+\.remoteAuthority&&!\w+\?void 0:new \w+\(\w+\)/g,
    replacement: 'secretStorageProvider:desktopLike.secretStorageProvider()',
  },
  {
    what: 'the secret service: events for changes of other windows',
    pattern:
      /options\?\.secretStorageProvider&&\(this\.(?<field>\w+)=\w+\.options\.secretStorageProvider,(?=[^]{1,900}?await this\.\k<field>\.set\(\w+,\w+\),this\.(?<emitter>\w+)\.fire\()/g,
    replacement: '$&this.$<field>.onDidChange(key=>this.$<emitter>.fire(key)),',
  },
  {
    what: 'the URL service: each link states whether it is trusted',
    pattern: /\.onCallback\((?<link>\w+)=>this\.open\(\k<link>,\{trusted:!0\}\)\)/g,
    replacement: '.onCallback(({uri,trusted})=>this.open(uri,{trusted}))',
  },
];

/**
 * Where a desktop editor runs the extensions: on the same or on a remote machine. In both cases
 * `env.remoteName` is set, as in a remote window that runs some extensions locally.
 */
export type ExtensionHostPlace = 'local' | 'remote';

const desktopEnvironment: readonly Patch[] = [
  {
    what: 'the API for extensions: env.appHost',
    pattern: /appHost:this\.\w+\.embedderIdentifier\|\|"desktop"/g,
    replacement: 'appHost:"desktop"',
  },
  {
    what: 'the API for extensions: env.uiKind',
    pattern: /uiKind:[\w.?:]+\}\}(?=getInspectPort)/g,
    replacement: 'uiKind:1}}',
  },
];

const localExtensionHost: Patch = {
  what: 'the API for extensions: extensionKind',
  pattern: /remote:\{isRemote:!0,(?=authority:this\.\w+\.remoteAuthority,)/g,
  replacement: 'remote:{isRemote:!1,',
};

const patched = new Map<string, Promise<string>>();

/** The path of the workbench's script below the address of a server. */
export const WORKBENCH_SCRIPT = 'out/vs/code/browser/workbench/workbench.js';

/**
 * Returns the workbench’s script of a build, patched to use the providers of `desktopLike` and to
 * tell extensions that they run in a desktop editor.
 *
 * @throws Error if a place is not found exactly once, for example in another release
 */
export function desktopLikeScript(build: ServerBuild, place: ExtensionHostPlace): Promise<string> {
  const file = path.join(path.dirname(build.vscodeServer), '..', WORKBENCH_SCRIPT);
  const key = `${place} ${file}`;
  const script = patched.get(key) ?? readFile(file, 'utf8').then((text) => patch(text, place));
  patched.set(key, script);
  return script;
}

function patch(script: string, place: ExtensionHostPlace): string {
  const patches = [...providers, ...desktopEnvironment];
  if (place === 'local') patches.push(localExtensionHost);
  return patches.reduce((text, { what, pattern, replacement }) => {
    const count = text.match(pattern)?.length ?? 0;
    if (count !== 1) throw new Error(`The workbench's script has ${count} places for: ${what}.`);
    return text.replace(pattern, replacement);
  }, script);
}
