// Math has no error function. From Abramowitz & Stegun: the series 7.1.6, whose terms are all of one sign, and the
// continued fraction 7.1.14 for the tail.

const TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);
/** Where the series is left for the tail. */
const TAIL = 1;

/** 2/√π ∫₀ˣ e^{−t²} dt */
export function erf(x: number): number {
  if (Math.abs(x) < TAIL) return series(x);
  return x > 0 ? 1 - tail(x) : tail(-x) - 1;
}

/** 1 − erf x, accurate where erf x rounds to 1. */
export function erfc(x: number): number {
  if (x < TAIL) return 1 - erf(x);
  return tail(x);
}

/** 2/√π e^{−x²} Σ 2ⁿ x²ⁿ⁺¹/(1·3·…·(2n + 1)) */
function series(x: number): number {
  let term = x;
  let total = x;
  for (let n = 1; n < 40; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    total += term;
  }
  return TWO_OVER_ROOT_PI * Math.exp(-x * x) * total;
}

/** e^{−x²}/√π · 1/(x + ½/(x + 1/(x + (3/2)/(x + …)))), for x ≥ 1. */
function tail(x: number): number {
  if (x === Number.POSITIVE_INFINITY) return 0;
  let denominator = x;
  for (let n = 400; n >= 1; n--) denominator = x + n / 2 / denominator;
  return (TWO_OVER_ROOT_PI / 2) * (bell(x) / denominator);
}

/** e^{−x²}, with x² in two parts: the square of few digits is exact, the rest of it small. */
function bell(x: number): number {
  const few = Math.fround(x);
  return Math.exp(-few * few) * Math.exp((few - x) * (few + x));
}
