/** A plugin of typedoc, for the site that `npm run docs` builds: see typedoc.json. */
import path from 'node:path';
import {
  Application,
  type CommentDisplayPart,
  Converter,
  PageEvent,
  type ProjectReflection,
  type Reflection,
  ReflectionKind,
} from 'typedoc';
import { root } from './paths.ts';

const REPOSITORY = 'https://github.com/spotify-sdk/vscode-spotify-authentication/blob/main';

export function load(app: Application): void {
  // typedoc resets its options after it has loaded the plugins.
  app.on(Application.EVENT_BOOTSTRAP_END, () => {
    app.options.setValue('markdownItLoader', setUpMarkdown);
  });
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => nameAdapters(project));
  app.converter.on(Converter.EVENT_RESOLVE_END, ({ project }) => {
    linkToRepository(project);
    const listed = app.options.getValue('intentionallyNotDocumented');
    app.options.setValue('intentionallyNotDocumented', [...listed, ...unnamedMembers(project)]);
  });
  app.renderer.on(PageEvent.END, (page) => {
    // The theme has no landmark for a page’s content, which screen readers jump to.
    const content = '<div class="col-content"';
    page.contents = (page.contents ?? '').replace(content, `${content} role="main"`);
  });
}

/** What is used of the parser, an instance of markdown-it. */
interface MarkdownParser {
  linkify: { set(options: { fuzzyLink: boolean }): void };
  renderer: { rules: Record<string, () => string> };
}

/** Makes addresses links only if they name a protocol, and wide tables scroll on narrow windows. */
function setUpMarkdown({ linkify, renderer }: MarkdownParser): void {
  linkify.set({ fuzzyLink: false });
  renderer.rules['table_open'] = () =>
    '<div class="table" role="region" aria-label="Table" tabindex="0"><table>';
  renderer.rules['table_close'] = () => '</table></div>';
}

/** Names the modules of src/adapters as programs import them. */
function nameAdapters(project: ProjectReflection): void {
  for (const module of project.getReflectionsByKind(ReflectionKind.Module)) {
    module.name = module.name.replace(/^adapters\//, '@spotify-sdk/js/');
  }
}

/**
 * Makes links to files that are no pages of the site, such as sources and tests, lead to the repository.
 * Otherwise typedoc copies these files into the site. Pictures are copied.
 */
function linkToRepository(project: ProjectReflection): void {
  const linked = (part: CommentDisplayPart): CommentDisplayPart => {
    if (part.kind !== 'relative-link' || part.target === undefined) return part;
    const file = project.files.resolve(part.target, project);
    if (typeof file !== 'string' || /\.(png|svg|gif)$/.test(file)) return part;
    const place = path.relative(root, file).replaceAll(path.sep, '/');
    const anchor = part.targetAnchor ? `#${part.targetAnchor}` : '';
    return { kind: 'text', text: `${REPOSITORY}/${place}${anchor}` };
  };
  if (project.readme) project.readme = project.readme.map(linked);
  for (const page of project.getReflectionsByKind(ReflectionKind.Document)) {
    if (page.isDocument()) page.content = page.content.map(linked);
  }
}

/**
 * Returns the members of types without a name, such as that of an object that a function returns. The
 * docstring of the function describes them.
 */
function unnamedMembers(project: ProjectReflection): Set<string> {
  const kinds = [ReflectionKind.Property, ReflectionKind.CallSignature];
  const all = kinds.flatMap((kind) => project.getReflectionsByKind(kind));
  const members = all.filter((member) => {
    const isMember =
      member.kindOf(ReflectionKind.Property) || member.parent?.kindOf(ReflectionKind.Method);
    const parents = parentsOf(member);
    return (
      isMember &&
      !member.hasComment() &&
      !member.parent?.hasComment() &&
      parents.some(isUnnamedType) &&
      !parents.some((parent) => parent.kindOf(ReflectionKind.Parameter))
    );
  });
  return new Set(members.map((member) => member.getFriendlyFullName()));
}

function isUnnamedType(type: Reflection): boolean {
  return type.kindOf(ReflectionKind.TypeLiteral) && !type.parent?.kindOf(ReflectionKind.TypeAlias);
}

function parentsOf({ parent }: Reflection): Reflection[] {
  return parent ? [parent, ...parentsOf(parent)] : [];
}
