import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

// Compile time follows the number of types that are made; that number is the same on every machine.
const SRC = join(import.meta.dirname, '../../../src/catalog');

function typesOf(code: string): number {
  const name = join(SRC, 'consumer.ts');
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    types: [],
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (path) => path === name || fileExists(path);
  host.readFile = (path) => (path === name ? code : readFile(path));
  host.getSourceFile = (path, target) =>
    path === name ? ts.createSourceFile(path, code, target) : getSourceFile(path, target);
  const program = ts.createProgram([name], options, host);
  const source = program.getSourceFile(name);
  expect(program.getSemanticDiagnostics(source).map(({ messageText }) => messageText)).toEqual([]);
  return program.getTypeCount();
}

test('one service costs a few hundred types, and not the twenty thousand of all', () => {
  const without = typesOf('export const name: string = "Decrypt";');
  const aws = typesOf(
    `import type { AwsServiceEventName } from './services/aws.ts';
     export const name: AwsServiceEventName<'kms.amazonaws.com'> = 'Decrypt';`,
  );
  const ibm = typesOf(
    `import type { IbmServiceAction } from './services/ibm.ts';
     export const name: IbmServiceAction<'kms'> = 'kms.secrets.unwrap';`,
  );
  expect(aws - without).toBeLessThan(1000);
  expect(ibm - without).toBeLessThan(1000);
  const all = typesOf(
    `import type { AwsEventSource, AwsServiceEventName } from './services/aws.ts';
     export const name: AwsServiceEventName<AwsEventSource> = 'Decrypt';`,
  );
  expect(all - without).toBeGreaterThan(10_000);
});

test('an editor completes the names of the service that was written, and no others', () => {
  const name = join(SRC, 'consumer.ts');
  const code = "import { serviceCondition } from './services/aws.ts';\nserviceCondition('kms.amazonaws.com', '');\n";
  const service = ts.createLanguageService({
    getCompilationSettings: () => ({
      module: ts.ModuleKind.NodeNext,
      target: ts.ScriptTarget.ES2022,
      types: [],
      strict: true,
      noEmit: true,
      allowImportingTsExtensions: true,
    }),
    getScriptFileNames: () => [name],
    getScriptVersion: () => '1',
    getScriptSnapshot: (path) => {
      const text = path === name ? code : ts.sys.readFile(path);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => SRC,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (path) => path === name || ts.sys.fileExists(path),
    readFile: (path) => (path === name ? code : ts.sys.readFile(path)),
  });
  const found = service.getCompletionsAtPosition(name, code.lastIndexOf("''") + 1, undefined);
  const completed = found?.entries.map((entry) => entry.name) ?? [];
  expect(completed).toEqual(expect.arrayContaining(['Decrypt', 'GenerateDataKey', 'RotateKey']));
  expect(completed).not.toContain('PutObject');
});
