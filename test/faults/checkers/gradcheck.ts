/**
 * torch.autograd.gradcheck and gradgradcheck: the procedure of torch/autograd/gradcheck.py and its default numbers
 * (docs.pytorch.org, gradcheck mechanics), written anew for this engine. It is their procedure that runs here, not
 * their code.
 */
import {
  allClose,
  type Check,
  Differentiated,
  dot,
  gradientOf,
  moved,
  rand,
  randn,
  sizeOf,
} from './subject.js';

const EPS = 1e-6;
const ATOL = 1e-5;
const RTOL = 1e-3;

const unit = (length: number, at: number): Float64Array =>
  Float64Array.from({ length }, (_, i) => (i === at ? 1 : 0));

/** Central differences of every element of y by every element of every input, against the backward pass row by row. */
const slow: Check = (subject, engine) => {
  const it = new Differentiated(subject, engine);
  const point = subject.inputs.map(({ values }) => values);
  const n = it.at(point).length;
  const rows = Array.from({ length: n }, (_, k) => it.vjp(point, unit(n, k)));
  // Run again, the backward pass has to give the same bits (nondet_tol = 0) …
  const again = Array.from({ length: n }, (_, k) => it.vjp(point, unit(n, k)));
  const same = rows.every((row, k) =>
    row.every((g, slot) => g.every((x, i) => x === again[k]![slot]![i])),
  );
  // … and nothing for a gradient of nothing (check_undefined_grad, and `backward not multiplied by grad_output`).
  const silent = it.vjp(point, new Float64Array(n)).every((g) => g.every((x) => x === 0));
  const right = subject.inputs.every(({ values }, slot) =>
    [...values.keys()].every((i) => {
      const step = point.map((x, s) =>
        s === slot ? unit(x.length, i) : new Float64Array(x.length),
      );
      const high = it.at(moved(point, EPS, step));
      const low = it.at(moved(point, -EPS, step));
      const numerical = high.map((x, k) => (x - low[k]!) / (2 * EPS));
      const analytical = Float64Array.from(rows, (row) => row[slot]![i]!);
      return allClose(analytical, numerical, { rtol: RTOL, atol: ATOL });
    }),
  );
  it.dispose();
  return same && silent && right ? 'right' : 'wrong';
};

/** All positive, of length 1. */
function direction(length: number, label: string): Float64Array {
  const numbers = rand(length, label);
  const norm = Math.sqrt(dot(numbers, numbers));
  return numbers.map((x) => x / norm);
}

const sum = (numbers: Float64Array): number => numbers.reduce((total, x) => total + x, 0);

/** One number for each input: vᵀ·J·u for one random u and one random v. */
const fast: Check = (subject, engine) => {
  const it = new Differentiated(subject, engine);
  const point = subject.inputs.map(({ values }) => values);
  const n = it.at(point).length;
  const v = direction(n, 'gradcheck: v');
  const analytical = it.vjp(point, v);
  const again = it.vjp(point, v);
  const same = analytical.every((g, slot) => g.every((x, i) => x === again[slot]![i]));
  const silent = it.vjp(point, new Float64Array(n)).every((g) => g.every((x) => x === 0));
  const right = point.every((x, slot) => {
    const u = direction(x.length, `gradcheck: u${slot}`);
    const step = point.map((other, s) => (s === slot ? u : new Float64Array(other.length)));
    const high = it.at(moved(point, EPS, step));
    const low = it.at(moved(point, -EPS, step));
    const numerical = dot(
      v,
      high.map((y, k) => (y - low[k]!) / (2 * EPS)),
    );
    const atol = ATOL * sum(u) * sum(v);
    const [a, b] = [dot(analytical[slot]!, u), numerical].map((q) => Float64Array.of(q));
    return allClose(a!, b!, { rtol: RTOL, atol });
  });
  it.dispose();
  return same && silent && right ? 'right' : 'wrong';
};

/** The same of the gradient, as a function of the inputs and of a random dy. */
const ofGradient =
  (check: Check): Check =>
  (subject, engine) => {
    const dy = randn(sizeOf(subject), 'gradgradcheck: dy');
    return check(gradientOf(subject, engine, dy), engine);
  };

/** gradcheck and gradgradcheck. */
export const gradcheck: readonly Check[] = [slow, ofGradient(slow)];
/** Both with fast_mode=True. */
export const gradcheckFast: readonly Check[] = [fast, ofGradient(fast)];
