import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

interface Left {
  readonly name: string;
  /** Bytes a step, on the heap and in the memory of tensors. */
  readonly heap: number;
  readonly memory: number;
}

test('training steps leave nothing to the garbage collector but the numbers that they return', () => {
  const script = new URL('support/garbage.ts', import.meta.url).pathname;
  const flags = ['--expose-gc', '--max-semi-space-size=64', '--import', 'tsx'];
  const output = execFileSync(process.execPath, [...flags, script], { encoding: 'utf8' });
  const cases = JSON.parse(output) as Left[];
  expect(cases.length).toBe(5);
  for (const { name, heap, memory } of cases) {
    // A number that a function returns, the loss or the norm that is clipped, is 16 bytes.
    expect(heap, name).toBeLessThan(40);
    expect(memory, name).toBe(0);
  }
});
