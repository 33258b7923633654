import * as vscode from 'vscode';
import { EXTENSION_ID } from './redirectUri.ts';

/** The other extensions of this extension host that say that they are a provider of `spotify`. */
export function competingExtensions(ownId = EXTENSION_ID): vscode.Extension<unknown>[] {
  return vscode.extensions.all.filter(
    ({ id, packageJSON }) =>
      id.toLowerCase() !== ownId.toLowerCase() && declaresSpotify(packageJSON),
  );
}

/** Other people’s manifests are of any shape. */
function declaresSpotify(manifest: unknown): boolean {
  const { contributes } = (manifest ?? {}) as { contributes?: { authentication?: unknown } };
  const declared = contributes?.authentication;
  if (!Array.isArray(declared)) return false;
  return declared.some((one: { id?: unknown } | null) => one?.id === 'spotify');
}
