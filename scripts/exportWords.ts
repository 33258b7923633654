import { SOURCE_WORDS, wordsOfSources, writeWords } from './words.ts';

await writeWords(SOURCE_WORDS, await wordsOfSources());
