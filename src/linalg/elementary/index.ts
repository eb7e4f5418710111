// Interim: the names and signatures stand, the bodies still lean on Math.* and are replaced one by one.

export const exp = (x: number): number => Math.exp(x);
export const expm1 = (x: number): number => Math.expm1(x);
export const log = (x: number): number => Math.log(x);
export const log1p = (x: number): number => Math.log1p(x);
export const sqrt = (x: number): number => Math.sqrt(x);
export const pow = (x: number, y: number): number => x ** y;

export const sigmoid = (x: number): number => {
  const e = Math.exp(-Math.abs(x));
  return x < 0 ? e / (1 + e) : 1 / (1 + e);
};
export const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
export const logsigmoid = (x: number): number => -softplus(-x);

export const sinh = (x: number): number => Math.sinh(x);
export const cosh = (x: number): number => Math.cosh(x);
export const tanh = (x: number): number => Math.tanh(x);

export const sin = (x: number): number => Math.sin(x);
export const cos = (x: number): number => Math.cos(x);
export const tan = (x: number): number => Math.tan(x);
export const asin = (x: number): number => Math.asin(x);
export const acos = (x: number): number => Math.acos(x);
export const atan = (x: number): number => Math.atan(x);
export const atan2 = (y: number, x: number): number => Math.atan2(y, x);

export const erf = (x: number): number => (x < 0 ? erfc(-x) - 1 : 1 - erfc(x));
export const erfc = (x: number): number => {
  if (x < 0) return 2 - erfc(-x);
  if (x < 2) {
    // erf x = 2/√π · e^{-x²} · Σ 2ⁿ x^{2n+1} / (2n+1)!!
    let term = x;
    let sum = x;
    for (let n = 1; n < 100; n++) {
      term *= (2 * x * x) / (2 * n + 1);
      sum += term;
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
  }
  // erfc x = e^{-x²}/√π · 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + …))))
  let tail = x;
  for (let n = 100; n >= 1; n--) tail = x + n / 2 / tail;
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * tail);
};

/** Density of the standard normal, φ(x) = e^{−x²/2}/√(2π). */
export const normalPdf = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
/** Distribution function of the standard normal, Φ(x) = erfc(−x/√2)/2. */
export const normalCdf = (x: number): number => erfc(-x * Math.SQRT1_2) / 2;
