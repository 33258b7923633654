import { SOURCE_WORDS, wordsOfSources, writeStrings } from './words.ts';

await writeStrings(SOURCE_WORDS, await wordsOfSources());
