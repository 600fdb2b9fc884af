/** The public surface of a built entry as text: what a consumer's compiler sees, without comments. */
import { createHash } from 'node:crypto';
import ts from 'typescript';

/** Longer than this, what is not exported itself is told by its hash: the catalog's entries as types. */
const LONGEST = 4000;
/** So is an exported one that is a list of thousands of names: they are data, and have tests of their own. */
const LONGEST_EXPORTED = 50_000;

/** A report for each of these declaration files, which share a program. */
export function apiReports(files: readonly string[]): readonly string[] {
  const program = ts.createProgram([...files], {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    types: ['node'],
  });
  const checker = program.getTypeChecker();
  const exported = files.map((file) => {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    if (!module) throw new Error(`${file} is no module; run \`npm run build\` first`);
    return new Map(checker.getExportsOfModule(module).map((symbol) => [target(symbol, checker), symbol.name]));
  });
  // What one entry exports is told there, and nowhere else.
  const told = new Set(exported.flatMap((symbols) => [...symbols.keys()]));
  return exported.map((symbols) => reportOf(symbols, told, checker));
}

function reportOf(
  named: ReadonlyMap<ts.Symbol, string>,
  told: ReadonlySet<ts.Symbol>,
  checker: ts.TypeChecker,
): string {
  const others = new Set<ts.Symbol>();
  const visit = (symbol: ts.Symbol): void => {
    for (const declaration of topDeclarations(symbol)) {
      const walk = (node: ts.Node): void => {
        if (ts.isIdentifier(node)) {
          const found = checker.getSymbolAtLocation(node);
          const used = found && target(found, checker);
          if (used && !told.has(used) && !others.has(used) && topDeclarations(used).length > 0) {
            others.add(used);
            visit(used);
          }
        }
        ts.forEachChild(node, walk);
      };
      walk(declaration);
    }
  };
  for (const symbol of named.keys()) visit(symbol);
  const own = [...named].map(([symbol, name]) => ({
    name,
    text: shortened(textOf(symbol, name), LONGEST_EXPORTED),
  }));
  const rest = [...others].map((symbol) => ({
    name: symbol.name,
    text: shortened(textOf(symbol, symbol.name), LONGEST),
  }));
  const heading = rest.length > 0 ? ['// Not exported by any entry, and seen through what is:'] : [];
  return [...sorted(own), ...heading, ...sorted(rest)].join('\n\n').concat('\n');
}

function sorted(parts: readonly { readonly name: string; readonly text: string }[]): readonly string[] {
  const key = ({ name, text }: { name: string; text: string }) => `${name}\n${text}`;
  return [...parts].sort((a, b) => (key(a) < key(b) ? -1 : 1)).map(({ text }) => text);
}

function target(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

/** Declarations of our own that stand by themselves: no members, no parameters, nothing of other packages. */
function topDeclarations(symbol: ts.Symbol): readonly ts.Node[] {
  return (symbol.declarations ?? [])
    .map((declaration) => (ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration))
    .filter((node) => ts.isSourceFile(node.parent ?? node) && !ts.isSourceFile(node))
    .filter((node) => !node.getSourceFile().fileName.includes('/node_modules/'));
}

const printer = ts.createPrinter({ removeComments: true });

function textOf(symbol: ts.Symbol, name: string): string {
  const text = topDeclarations(symbol)
    .map((node) => printer.printNode(ts.EmitHint.Unspecified, node, node.getSourceFile()))
    .map((text) => text.replace(/^(?:export )?(?:declare )?/, ''))
    .join('\n');
  return symbol.name === name ? text : `// ${name}:\n${text}`;
}

function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, text.indexOf('\n'))} ... // sha256 ${createHash('sha256').update(text).digest('hex')}`;
}
