import js from '@eslint/js';
import { importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';
import { floors } from './scripts/floors.ts';

const rooms = floors.flat();
/** A program beside the extension: it needs Node, and nothing of the extension imports it. */
const cli = './src/cli';
const inExtension = rooms.filter((room) => room !== cli);
const zones = [
  // A file imports from floors below or from its own folder.
  ...floors.flatMap((floor, i) =>
    floor.map((target) => ({
      target,
      from: [...floors.slice(i + 1).flat(), ...floor.filter((room) => room !== target)],
    })),
  ),
  { target: './src/auth', from: './src', except: ['./auth'] },
  // Everything but `src/node` runs in a browser, too.
  {
    target: [
      './src/auth/!(index).ts',
      './src/web',
      ...floors
        .slice(1, -2)
        .flat()
        .filter((room) => room !== cli),
    ],
    from: './src/auth/node',
    // Imported as `#defaultFetch`, which is another file in a browser.
    except: ['./undiciFetch.ts'],
  },
  { target: inExtension, from: ['./src/adapters', cli] },
  // Other extensions copy what these files are made of.
  {
    target: './src/adapters',
    from: './src',
    except: ['./adapters', './auth/abortable.ts', './auth/spotifyScopes.ts'],
  },
  { target: './src', from: ['./test', './scripts', './examples'] },
].filter(({ from }) => from.length > 0);

/** Calls that `l10n:export` finds: `l10n.t('…')`, `l10n.t({ message: '…', args, comment: ['…'] })`. */
const translation = `CallExpression[callee.object.name='l10n'][callee.property.name='t']`;
const commented = `${translation} > ObjectExpression`;
/** Texts that are translated, that the user never sees, or that quote Spotify. */
const unseen = [
  `${translation} > Literal:first-child`,
  `${commented} > Property[key.name='message'] > Literal`,
  `${commented} > Property[key.name='comment'] Literal`,
  `CallExpression[callee.property.name=/^(debug|info|warn|error|createOutputChannel)$/] *`,
  `CallExpression[callee.name='warn'] *`,
  `CallExpression[callee.type='Super'] *`,
  `NewExpression[callee.name=/Error$/] *`,
  `FunctionDeclaration[id.name=/^describe/] *`,
  `TSLiteralType *`,
  `Property[key.name='says'] > Literal[value=/^(INVALID_CLIENT: |Illegal scope$)/]`,
];
const seen = `:not(${unseen.join()})`;
const shown =
  '/^(title|label|detail|description|prompt|place[hH]older|tooltip|message|validationMessage|text)$/';
const untranslated = [
  String.raw`Literal[value=/\p{L}[,:;.…’“”]*\s+\p{L}/u]${seen}`,
  String.raw`TemplateElement[value.cooked=/\p{Lu}\p{Ll}*\s+\p{L}|(\p{L}[,:;.]*\s+\p{L}+){3}/u]${seen}`,
  String.raw`Property[key.name=${shown}]:not(${commented} > Property) > Literal[value=/\p{L}/u]`,
  String.raw`AssignmentExpression[left.property.name=${shown}] > Literal[value=/\p{L}/u]`,
  String.raw`CallExpression[callee.property.name=/^(show\w+Message|setStatusBarMessage)$/] > Literal`,
  `${translation}:not([arguments.0.type=/^(Literal|ObjectExpression)$/])`,
  `${commented}:not([properties.0.key.name='message'][properties.0.value.type='Literal'])`,
  `${commented}:not(:has(Property[key.name='comment'][value.type='ArrayExpression']))`,
].map(asRestriction);
const foreignName = String.raw`[name=/^(account|wished|answered|scopes|clientId|\w*[uU]ri)$/]`;
/** Names, scopes and URIs in a message or a list. */
const foreign = [
  `${translation} > Identifier.arguments${foreignName}`,
  `${commented} > Property[key.name='args'] > ArrayExpression > Identifier${foreignName}`,
  `Property[key.name='label']:not(Property[key.name='account'] *) > MemberExpression[property.name='label']`,
].map((selector) => ({ selector, message: 'VS Code may show it as a link: use plainText.' }));
/** In `src/messages` the user also sees single words. */
const untranslatedInMessages = [
  ...untranslated,
  asRestriction(String.raw`Literal[value=/^\p{Lu}/u]${seen}`),
];

/** A promise of VS Code that nothing awaits. */
const unhandled = [
  `UnaryExpression[operator='void'] > CallExpression > .callee:has(Identifier[name='vscode'])`,
  `UnaryExpression[operator='void'] > CallExpression[callee.name='openPage']`,
].map((selector) => ({
  selector,
  message: 'VS Code may reject it: use showMessage, or catch the error.',
}));

function asRestriction(selector) {
  const message = 'A text that the user sees is a literal in l10n.t: see src/messages.';
  return { selector, message };
}

const node = {
  process: 'readonly',
  console: 'readonly',
  URL: 'readonly',
  setTimeout: 'readonly',
  fetch: 'readonly',
  performance: 'readonly',
  TextDecoder: 'readonly',
};

export default tseslint.config(
  // examples/spotify.ts is written from src/adapters, which is checked, by scripts/copyableFile.ts.
  { ignores: ['dist', 'examples/*/dist', 'examples/spotify.ts', 'out', '.vscode-test'] },
  js.configs.recommended,
  {
    files: ['**/*.js', '**/*.mjs', '**/*.cjs'],
    languageOptions: { globals: node },
  },
  {
    files: ['examples/**/*.js', '**/*.cjs'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: { require: 'readonly', exports: 'writable' },
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    plugins: { 'import-x': importX },
    languageOptions: { parserOptions: { projectService: true } },
    settings: { 'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] } },
    rules: {
      // VS Code accepts every object with a dispose method as a Disposable.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      'max-lines': ['error', { max: 250 }],
      'max-lines-per-function': ['error', { max: 50 }],
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': ['error', { zones }],
      'import-x/no-default-export': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      // An empty string counts as absent, in options and in the environment.
      '@typescript-eslint/prefer-nullish-coalescing': [
        'error',
        { ignorePrimitives: { string: true } },
      ],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // A rest pattern that leaves a property out has to name it.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
    },
  },
  {
    files: ['src/auth/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          name: 'vscode',
          message: 'src/auth runs without VS Code: pass the value as an option.',
        },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/node/**', 'src/auth/node/**', 'src/cli/**'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^(node:|(undici|open)$)',
              message: 'A browser has no Node modules: see src/node.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      // VS Code returns thenables, which count as promises here.
      '@typescript-eslint/no-floating-promises': ['error', { checkThenables: true }],
    },
  },
  {
    files: ['src/**/*.ts'],
    // Nothing waits for the offer, which does not run in a call of the provider.
    ignores: ['src/adapters/**', 'src/provider/offerSignIn.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          property: 'getSession',
          message: 'VS Code calls a provider once at a time, so the call would wait for itself.',
        },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    // VS Code does not translate the texts of the library and of the program, which run without it.
    ignores: ['src/auth/**', 'src/cli/**'],
    rules: { 'no-restricted-syntax': ['error', ...untranslated, ...foreign, ...unhandled] },
  },
  {
    files: ['src/messages/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...untranslatedInMessages, ...foreign, ...unhandled],
    },
  },
  {
    files: ['examples/**/*.ts'],
    // An example's own tsconfig.json needs its own `npm install`.
    languageOptions: {
      parserOptions: { projectService: false, project: 'tsconfig.json' },
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // A mocha suite is one function with all its tests.
      'max-lines-per-function': 'off',
    },
  },
);
