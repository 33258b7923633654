/** What `webInteraction.ts` needs of the file that is loaded before it: `scripts/buildWeb.ts` makes it. */
declare module 'shared-with-interaction';
