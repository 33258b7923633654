import { npm } from './commands.ts';

/** What is used of a CycloneDX document (https://cyclonedx.org/docs/1.5/json/). */
export interface BillOfMaterials {
  readonly serialNumber?: string;
  readonly metadata: {
    readonly timestamp: string;
    readonly component: Readonly<Record<string, unknown>>;
  };
  readonly components: readonly {
    readonly 'bom-ref': string;
    readonly name: string;
    readonly version: string;
  }[];
  readonly dependencies: readonly {
    readonly ref: string;
    readonly dependsOn?: readonly string[];
  }[];
}

/** A file that needs a bill of materials. */
export interface ReleasedFile {
  /** The name of its extension or npm package. */
  readonly name: string;
  readonly version: string;
  /** The packages in the file, such as `oauth4webapi 3.8.8`. */
  readonly bundled: readonly string[];
}

/** Lets npm list all packages of the lockfile, most of which are for development only. */
export async function allPackages(): Promise<BillOfMaterials> {
  const format = ['--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only'];
  return JSON.parse(await npm(['sbom', ...format])) as BillOfMaterials;
}

/**
 * Returns the bill of materials of one file: the packages that it contains.
 *
 * @param all The bill of all packages
 * @param time The time of the build, in seconds since 1970
 * @throws Error if a bundled package is not in `all`
 */
export function billOfMaterials(
  all: BillOfMaterials,
  { name, version, bundled }: ReleasedFile,
  time: number,
): BillOfMaterials {
  const idOf = (component: { name: string; version: string }) =>
    `${component.name} ${component.version}`;
  const components = all.components.filter((one) => bundled.includes(idOf(one))).map(asShipped);
  const missing = bundled.filter((id) => !components.map(idOf).includes(id));
  if (missing.length > 0) throw new Error(`npm sbom does not list ${missing.join(', ')}.`);

  const ref = `${name}@${version}`;
  const { author, licenses, externalReferences } = all.metadata.component;
  const described = { 'bom-ref': ref, type: 'library', name, version, author, licenses };
  const component = { ...described, externalReferences };
  const refs = components.map((one) => one['bom-ref']);
  // Without the random serial number, so that two builds give the same file.
  const { serialNumber, ...document } = all;
  return {
    ...document,
    metadata: { ...all.metadata, timestamp: new Date(time * 1000).toISOString(), component },
    components,
    dependencies: [{ ref, dependsOn: refs }, ...refs.map((one) => ({ ref: one }))],
  };
}

/** Returns a component without what npm says of its place: in this repository it is for development. */
function asShipped<Component extends object>(component: Component): Component {
  return { ...component, scope: 'required', properties: [] };
}

/** Returns the packages that a file of third-party notices names, such as `oauth4webapi 3.8.8`. */
export function noticedPackages(notices: string): string[] {
  return [...notices.matchAll(/^(\S+ \S+)\n={72}$/gm)].map(([, name = '']) => name);
}
