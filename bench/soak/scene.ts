import { startSpotify, type Spotify } from '../../test/spotify/index.ts';
import { Computer } from './computer.ts';
import { Figures } from './figures.ts';
import { Ledger } from './ledger.ts';
import { Memory } from './memory.ts';
import { Random } from './random.ts';

/** All that one run has: the stand-in for Spotify, a computer with windows, and what is known about both. */
export interface Scene {
  readonly spotify: Spotify;
  readonly computer: Computer;
  readonly ledger: Ledger;
  readonly figures: Figures;
  readonly memory: Memory;
  readonly random: Random;
  /** The calls of windows that are going on. */
  readonly calls: Set<Promise<unknown>>;
}

export async function startScene(options: {
  readonly rotates: boolean;
  readonly windows: number;
  readonly seed: number;
}): Promise<Scene> {
  const spotify = await startSpotify();
  spotify.behaviour.rotateRefreshTokens = options.rotates;
  const computer = await Computer.start(spotify.accountsUrl, options.windows);
  return {
    spotify,
    computer,
    ledger: new Ledger(spotify, computer),
    figures: new Figures(),
    memory: new Memory(),
    random: new Random(options.seed),
    calls: new Set(),
  };
}

export async function closeScene({ spotify, computer }: Scene): Promise<void> {
  await computer.close();
  await spotify.close();
}
