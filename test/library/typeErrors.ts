import ts from 'typescript';

/** The standard library by path, parsed once: it is the largest part of each program. */
const parsed = new Map<string, ts.SourceFile | undefined>();

/** Types that are not ours. Their own errors do not matter, and to look for them takes a second. */
const OTHERS = /[\\/](?:typescript[\\/]lib|@types|undici-types)[\\/]/;

/**
 * Returns the errors of the compiler in a file and in our types that it uses, with strict checks.
 * @param given More `compilerOptions`, as in a tsconfig.json.
 */
export function typeErrors(file: string, given: object): string[] {
  const compilerOptions = {
    target: 'es2022',
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    noEmit: true,
    ...given,
  };
  const { options, errors } = ts.convertCompilerOptionsFromJson(compilerOptions, '');
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) => {
    if (!/[\\/]lib\.[\w.]+\.d\.ts$/.test(name)) return read(name, ...rest);
    if (!parsed.has(name)) parsed.set(name, read(name, ...rest));
    return parsed.get(name);
  };
  const program = ts.createProgram([file], options, host);
  const checked = program.getSourceFiles().filter(({ fileName }) => !OTHERS.test(fileName));
  const complaints = [
    ...errors,
    ...program.getOptionsDiagnostics(),
    ...checked.flatMap((one) => program.getSyntacticDiagnostics(one)),
    ...checked.flatMap((one) => program.getSemanticDiagnostics(one)),
  ];
  return complaints.map((one) =>
    [one.file?.fileName ?? '', ts.flattenDiagnosticMessageText(one.messageText, '\n')].join(': '),
  );
}
