// Loads each of its arguments as `chainrule check` does, and prints what comes of it as JSON.
import { loadModule } from '../../../src/cli/check/module.js';

const results: string[] = [];
for (const file of process.argv.slice(2)) {
  try {
    results.push(Object.keys(await loadModule(file)).join(' '));
  } catch (error) {
    results.push(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  }
}
console.log(JSON.stringify(results));
