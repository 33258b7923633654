/**
 * The standard templates into which readers paste a code block. Their options are those of `yo code`
 * (https://github.com/microsoft/vscode-generator-code) and of @tsconfig/node20, but for `skipLibCheck`.
 */
export interface Template {
  /** The field `type` of package.json: what a file that ends in `.ts` is. */
  readonly type: 'commonjs' | 'module';
  readonly compilerOptions: object;
}

const strict = { strict: true, skipLibCheck: false, noEmit: true };
const extension = {
  ...strict,
  module: 'Node16',
  target: 'ES2022',
  lib: ['ES2022'],
  types: ['node', 'mocha'],
};
const webExtension = {
  ...extension,
  target: 'ES2020',
  lib: ['ES2020', 'WebWorker'],
  types: ['mocha'],
};
const node = {
  ...strict,
  module: 'NodeNext',
  target: 'ES2022',
  lib: ['ES2023'],
  types: ['node'],
};

export const templates = {
  extension: { type: 'commonjs', compilerOptions: extension },
  'web extension': { type: 'commonjs', compilerOptions: webExtension },
  'Node ESM': { type: 'module', compilerOptions: node },
  'Node CommonJS': { type: 'commonjs', compilerOptions: node },
} satisfies Record<string, Template>;

export type TemplateName = keyof typeof templates;
