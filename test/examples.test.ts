import { expect, test, vi } from 'vitest';
import { type Checkable, checkGradient, checkOp, type Law } from '../src/check/index.js';

// Every example is run, and what it prints is compared with what theory says.

test('xor: a hidden layer separates what a line cannot', async () => {
  const [prediction] = await logged('xor');
  expect(rounded(prediction![0], 2)).toEqual([0, 1, 1, 0]);
});

test('worked chain: the terms are those of the notes', async () => {
  const lines = (await logged('worked-chain')).map(([line]) => String(line));
  // z = tanh(vᵢ)·vᵢ², L = eᶻ
  const [vi, v, w] = [0.5, Math.tanh(0.5), 0.25];
  const dz = Math.exp(v * w);
  const throughW = dz * v * (2 * vi);
  const throughV = dz * w * (1 - v ** 2);
  const last = lines.at(-1)!;
  expect(last).toMatch(/^∂L\/∂vᵢ = .* \(through w\) \+ .* \(through v\) = /);
  expect(rounded(numbersOf(last), 12)).toEqual(
    rounded([throughW, throughV, throughW + throughV], 12),
  );
  expect(lines[0]).toBe('vᵢ = 0.5');
  expect(rounded(numbersOf(lines[4]!), 12)).toEqual(rounded([dz], 12));
});

test('second derivatives: sin four times, and a column of a Hessian', async () => {
  const lines = (await logged('second-derivatives')).map(([line]) => String(line));
  const [sin, cos] = [Math.sin(1), Math.cos(1)];
  expect(lines.slice(0, 5).map((line) => rounded(numbersOf(line), 12)[1])).toEqual(
    rounded([sin, cos, -sin, -cos, sin], 12),
  );
  expect(lines[5]).toBe('H·(1, 0) = (802, -400)');
});

test('custom op: values, slopes and bends of softsign, and a check that passes', async () => {
  const [y, slope, bend, verdict] = await logged('custom-op');
  expect(y).toEqual([-1 / 2, 3 / 4]);
  expect(slope).toEqual([1 / 4, 1 / 16]);
  // y″ = −2 sign(x) / (1 + |x|)³
  expect(rounded(bend, 12)).toEqual([2 / 8, -2 / 64]);
  expect(verdict![0]).toMatch(/^3 gradients are right/);
});

test('wrong softmax: one of the two rules is right, and the diagonal is all that the other one keeps', async () => {
  const { softmax, wrongSoftmax } = await import('../examples/wrong-softmax.js');
  const point = [[[0.5, -1, 2]]];
  expect(checkGradient(softmax, point, { order: 2 }).outcome).toBe('passed');
  expect(checkGradient(wrongSoftmax, point)).toMatchObject({
    outcome: 'failed',
    law: 'gradient',
    blame: { suspect: 'rule', op: 'wrongSoftmax' },
    cause: { name: 'diagonal' },
  });
});

test('beyond differences: right at random points, wrong at those that are listed', async () => {
  const { saturated, kinked, logit } = await import('../examples/beyond-differences.js');
  const broken = ({ f, ...rest }: Checkable): Law[] =>
    checkOp(f, rest, { runs: 20 }).laws.flatMap(({ law, outcome }) =>
      outcome === 'failed' ? law : [],
    );
  expect(broken(saturated)).toEqual(['special points']);
  expect(broken(kinked)).toEqual(['kinks']);
  expect(broken(logit)).toEqual([]);
  // tanh′ = 1/cosh²
  expect(saturated.special![0]!.gradient![0]![0]).toBeCloseTo(1 / Math.cosh(20) ** 2, 30);
});

test('word vectors: words that are found in the same company', async () => {
  const lines = (await logged('word-vectors')).map(([line]) => String(line));
  expect(lines.map((line) => line.replace(/ is most like (\w+) .*/, ' $1'))).toEqual([
    'cat dog',
    'horse cow',
    'bread cheese',
    'shop market',
    'river lake',
    'sunday monday',
  ]);
});

/** What a program of examples/ prints: the arguments of each console.log. */
async function logged(name: string): Promise<unknown[][]> {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  try {
    await import(`../examples/${name}.ts`);
    return log.mock.calls;
  } finally {
    log.mockRestore();
  }
}

function rounded(numbers: unknown, digits: number): number[] {
  return Array.from(numbers as ArrayLike<number>, (x) => Number(x.toFixed(digits)));
}

/** The numbers in a line, but not those that are part of a name. */
function numbersOf(line: string): number[] {
  return [...line.matchAll(/(?<![\wᵢ])-?\d+(\.\d+)?(e-?\d+)?/g)].map(([digits]) => Number(digits));
}
