/** The version in the name of a released file, such as `spotify-sdk-js-0.1.0.tgz`. */
export const RELEASED_FILE =
  /(?<=spotify-(?:authentication|sdk-js|sdk-stand-in)-)\d+\.\d+\.\d+(?=\.(?:vsix|tgz))/g;

/** Sentences of pages that are true until the first release. */
const UNPUBLISHED = /not published yet|on a registry yet|until the package is on npm/i;

/** The text of pages, by their paths. */
export type Pages = Readonly<Record<string, string>>;

/** Returns the pages that name released files. */
export function pagesWithFiles(pages: Pages): [page: string, text: string][] {
  return Object.entries(pages).filter(([, text]) => text.match(RELEASED_FILE) !== null);
}

/**
 * Returns the problems of the pages that say that nothing is published, a sentence each. A release makes
 * them wrong, so they are corrected before its tag is made.
 */
export function unpublishedProblems(pages: Pages): string[] {
  return Object.entries(pages).flatMap(([page, text]) => {
    const found = UNPUBLISHED.exec(text.replaceAll('\n', ' '))?.[0];
    const advice = 'Say where it is installed from, and commit that: this release publishes it.';
    return found === undefined ? [] : [`${page} says “${found}”. ${advice}`];
  });
}
