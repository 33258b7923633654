import { type IAuthStrategy, type SdkOptions, SpotifyApi } from '@spotify/web-api-ts-sdk';
import { expectTypeOf } from 'expect-type';
import type * as vscode from 'vscode';
import {
  type AuthProvider,
  createAuthProvider,
  createAuthStrategy,
  createFetch,
  createSdkConfig,
  type Editor,
  type SessionOptions,
  type SessionProvider,
  type SpotifyScope,
} from '../../../src/adapters/vscode.ts';
import type * as library from '../../../src/auth/index.ts';

/** The compiler does the checks. Here the values only have to exist. */
describe('the types of the adapter', () => {
  it('fit those of the library, both ways', () => {
    expectTypeOf<library.AuthProvider>().toExtend<AuthProvider>();
    expectTypeOf<AuthProvider>().toExtend<library.AuthProvider>();
    expectTypeOf(createAuthProvider).returns.toEqualTypeOf<SessionProvider>();
    expectTypeOf<SessionProvider>().toExtend<Required<AuthProvider>>();
    expectTypeOf(createAuthProvider).returns.toExtend<library.AuthProvider>();
    expectTypeOf<library.ClientCredentials>().toExtend<AuthProvider>();
    expectTypeOf<library.AuthorizationCode>().toExtend<AuthProvider>();
  });

  it('fit vscode', () => {
    expectTypeOf<typeof vscode>().toExtend<Editor>();
    // A method accepts options that are wider or narrower; these have to fit.
    type Asked = Parameters<Editor['authentication']['getSession']>[2];
    expectTypeOf<Asked>().toExtend<vscode.AuthenticationGetSessionOptions>();
    expectTypeOf<vscode.AuthenticationSessionAccountInformation | undefined>().toEqualTypeOf<
      SessionOptions['account']
    >();
    expectTypeOf<SessionProvider['onDidChange']>().toExtend<vscode.Event<void>>();
    expectTypeOf<SessionProvider>().toExtend<vscode.Disposable>();
  });

  it('let code that takes an Editor run the command that signs out', () => {
    type ExecuteCommand = Editor['commands']['executeCommand'];
    expectTypeOf<ExecuteCommand>().toBeCallableWith('spotify-authentication.signOut');
  });

  it('fit fetch and the SDK', () => {
    expectTypeOf(createFetch).returns.toEqualTypeOf<typeof globalThis.fetch>();
    expectTypeOf(createFetch).returns.toExtend<NonNullable<SdkOptions['fetch']>>();
    expectTypeOf(createAuthStrategy).returns.toExtend<IAuthStrategy>();
    expectTypeOf(SpotifyApi).toBeConstructibleWith({} as ReturnType<typeof createAuthStrategy>);
    expectTypeOf(createSdkConfig).returns.toExtend<
      Readonly<ConstructorParameters<typeof SpotifyApi>>
    >();
  });

  it('complete the scopes, and accept others', () => {
    expectTypeOf<SpotifyScope>().toEqualTypeOf<library.SpotifyScope>();
    expectTypeOf<'user-top-read' | 'one-of-tomorrow'>().toExtend<SpotifyScope>();
    // An editor completes nothing if the type is only a string.
    expectTypeOf<SpotifyScope>().not.toEqualTypeOf<string>();
  });

  it('refuse invalid options', () => {
    const options: SessionOptions[] = [
      // @ts-expect-error There are two providers.
      { providerId: 'github' },
      // @ts-expect-error An account has an ID and a label.
      { account: 'alva' },
      // @ts-expect-error The dialog's text is its detail.
      { ask: 'Your playlists will be shown.' },
      // @ts-expect-error Every call would ask the user.
      { ask: { forceNewSession: true } },
    ];
    // @ts-expect-error Scopes are a list.
    const provider = (api: typeof vscode) => createAuthProvider(api, 'user-top-read');
    // @ts-expect-error A token alone is no provider.
    const signing = () => createFetch('BQ');
    expectTypeOf([options, provider, signing]).toBeArray();
  });
});
