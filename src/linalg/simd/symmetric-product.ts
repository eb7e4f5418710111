import {
  type Expression,
  f64,
  f64x2,
  i32,
  integers,
  loopWhile,
  type Module,
  type Statement,
  type V128,
  v128,
} from './assembler/index.js';

/**
 * As ../eigen/symmetric-product.ts has it: y = A·x for a symmetric A [n, n], by the first `rows` rows, a multiple of 4. The
 * second is for two vectors, which lie one behind the other in x and y: A is read once for both.
 */
export type SymmetricKernels = Record<
  'symmetricTimesVector' | 'symmetricTimesTwo',
  SymmetricKernel
>;
type SymmetricKernel = (y: number, a: number, x: number, n: number, rows: number) => void;

/** Bytes of four numbers: what a turn goes on by, along the rows and from band to band. */
const FOUR = 32;
const BAND = [0, 1, 2, 3];

export function symmetricKernels(module: Module): void {
  product(module, 'symmetricTimesVector', 1);
  product(module, 'symmetricTimesTwo', 2);
}

/**
 * A band of four rows, from column 0 to the diagonal. Four sums and four xᵢ stay in registers; each pair of columns
 * takes four loads of A, one of x, and y is loaded and stored:
 *
 *     sums ← sums + a·(xⱼ, xⱼ₊₁)        (yⱼ, yⱼ₊₁) ← (yⱼ, yⱼ₊₁) + ((a₀x₀ + a₁x₁) + (a₂x₂ + a₃x₃))
 */
function product(module: Module, name: string, count: number): void {
  const parameters = integers('y', 'a', 'x', 'n', 'rows');
  module.procedure(name, parameters, ({ y, a, x, n, rows }, declare) => {
    const elements = BAND.map(() => declare('v128'));
    const at = BAND.map(() => declare('i32'));
    const diagonal = declare('i32');
    const vectors = Array.from({ length: count }, () => ({
      sums: BAND.map(() => declare('v128')),
      own: BAND.map(() => declare('v128')),
      given: declare('v128'),
      x: declare('i32'),
      y: declare('i32'),
    }));

    /** Two columns: what their elements add to the rows' sums. */
    const toRows = (offset: number): Statement[] => [
      ...elements.map((element, r) => element.set(v128.load(at[r]!, offset))),
      ...vectors.flatMap((v) => [
        v.given.set(v128.load(v.x, offset)),
        ...v.sums.map((sum, r) => sum.set(f64x2.add(sum, f64x2.mul(elements[r]!, v.given)))),
      ]),
    ];
    /** And what they add to y as elements above the diagonal. */
    const toColumns = (offset: number): Statement[] =>
      vectors.map(({ own, y: yHere }) => {
        const term = (r: number): V128 => f64x2.mul(elements[r]!, own[r]!);
        const terms = f64x2.add(f64x2.add(term(0), term(1)), f64x2.add(term(2), term(3)));
        return v128.store(yHere, f64x2.add(v128.load(yHere, offset), terms), offset);
      });
    const [first] = vectors;
    /** The address in vector v that corresponds to `p` in the first. */
    const inVector = (v: number, p: Expression<'i32'>): Expression<'i32'> =>
      v === 0 ? p : i32.add(p, n);

    return [
      n.set(i32.shl(n, 3)), // in bytes, from here on
      diagonal.set(y),
      loopWhile(rows, [
        ...at.map((p, r) => p.set(r === 0 ? a : i32.add(at[r - 1]!, n))),
        ...vectors.flatMap((v, k) => [
          v.x.set(inVector(k, i32.add(x, i32.sub(diagonal, y)))),
          ...v.own.map((both, r) => both.set(f64x2.loadSplat(v.x, 8 * r))),
          ...v.sums.map((sum) => sum.set(f64x2.splat(0))),
          v.x.set(inVector(k, x)),
          v.y.set(inVector(k, y)),
        ]),
        loopWhile(i32.ltU(first!.y, diagonal), [
          ...[0, 16].flatMap((offset) => [...toRows(offset), ...toColumns(offset)]),
          ...[...at, ...vectors.flatMap((v) => [v.x, v.y])].map((p) => p.set(i32.add(p, FOUR))),
        ]),
        // The square on the diagonal.
        ...[0, 16].flatMap(toRows),
        ...vectors.flatMap((v) =>
          v.sums.map((sum, r) =>
            f64.store(v.y, f64.add(f64x2.lane(0, sum), f64x2.lane(1, sum)), 8 * r),
          ),
        ),
        diagonal.set(i32.add(diagonal, FOUR)),
        a.set(i32.add(a, i32.shl(n, 2))),
        rows.set(i32.sub(rows, 4)),
      ]),
    ];
  });
}
