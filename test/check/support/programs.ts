import { resolve } from 'node:path';
import { transformSync } from 'esbuild';
import ts from 'typescript';
import * as check from '../../../src/check/index.js';
import * as graph from '../../../src/graph/index.js';
import * as linalg from '../../../src/linalg/index.js';
import * as ops from '../../../src/ops/index.js';
import * as yours from './your-module.js';

type Modules = Readonly<Record<string, object>>;

/** What programs import that the kit prints. */
export const modules: Modules = {
  'chainrule/check': check,
  'chainrule/graph': graph,
  'chainrule/linalg': linalg,
  'chainrule/ops': ops,
  './your-module.js': { ...yours, __esModule: true },
};

/** Runs TypeScript as it is printed, and says what it threw. */
export function thrownBy(program: string, given: Modules = modules): string | undefined {
  const { code } = transformSync(program, { loader: 'ts', format: 'cjs', target: 'node20' });
  const require = (name: string): object => {
    const found = given[name];
    if (!found) throw new Error(`the program imports ${name}`);
    return new Proxy(found, {
      get: (target, key) => {
        if (Reflect.has(target, key) || key === '__esModule') return Reflect.get(target, key);
        throw new Error(`${name} exports no ${String(key)}`);
      },
    });
  };
  try {
    new Function('require', 'module', 'exports', code)(require, { exports: {} }, {});
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** What the compiler has to say of programs, each as if it were a file of its own in this folder. */
export function typeErrors(programs: readonly string[]): string[] {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(
    { ...config, include: [] },
    ts.sys,
    process.cwd(),
  );
  const files = new Map(
    programs.map((program, i) => [resolve(import.meta.dirname, `program-${i}.ts`), program]),
  );
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = (name) => files.get(name) ?? readFile(name);
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.getSourceFile = (name, how, ...rest) =>
    files.has(name)
      ? ts.createSourceFile(name, files.get(name)!, how)
      : getSourceFile(name, how, ...rest);
  const compiled = ts.createProgram([...files.keys()], options, host);
  return [...files].flatMap(([name, program]) => {
    const file = compiled.getSourceFile(name)!;
    const found = [
      ...compiled.getSyntacticDiagnostics(file),
      ...compiled.getSemanticDiagnostics(file),
    ];
    return found.map(
      ({ messageText }) => `${ts.flattenDiagnosticMessageText(messageText, '\n')}\n${program}`,
    );
  });
}
