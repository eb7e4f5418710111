/** The oracle is checked too: against digits from the literature, and against itself where two ways exist. */
import { describe, expect, test } from 'vitest';
import * as exact from './bigfloat.js';
import { hardAngles, scatter } from './elementary-points.js';

const { big } = exact;
const one = big(1);

/** A decimal such as -12.345e-6, exactly as written over a power of ten. */
function decimal(text: string): exact.Big {
  const [digits = '', exponent = '0'] = text.split('e');
  const [whole = '', fraction = ''] = digits.split('.');
  const ten = (n: number): exact.Big => ({ m: 10n ** BigInt(n), f: 0 });
  const value = { m: BigInt(whole + fraction), f: 0 };
  const power = Number(exponent) - fraction.length;
  return power >= 0 ? exact.mul(value, ten(power)) : exact.div(value, ten(-power));
}

const size = (a: exact.Big): exact.Big => (a.m < 0n ? exact.neg(a) : a);
/** |a − b| ≤ 2⁻ᵇⁱᵗˢ·|b| */
const agree = (a: exact.Big, b: exact.Big, bits: number): boolean =>
  exact.sub(exact.scale(size(b), -bits), size(exact.sub(a, b))).m >= 0n;

describe('digits from the literature', () => {
  // Abramowitz & Stegun, OEIS; 50 digits are 165 bits
  const published: [string, exact.Big, string][] = [
    ['π', exact.PI, '3.1415926535897932384626433832795028841971693993751'],
    ['ln 2', exact.LN2, '0.69314718055994530941723212145817656807550013436026'],
    ['e', exact.exp(one), '2.7182818284590452353602874713526624977572470937000'],
    ['√2', exact.sqrt(big(2)), '1.4142135623730950488016887242096980785696718753769'],
    ['log 10', exact.log(big(10)), '2.3025850929940456840179914546843642076011014886288'],
    ['log1p 9', exact.log1p(big(9)), '2.3025850929940456840179914546843642076011014886288'],
    ['sin 1', exact.sin(one), '0.84147098480789650665250232163029899962256306079837'],
    ['cos 1', exact.cos(one), '0.54030230586813971740093660744297660373231042061792'],
    ['tan 1', exact.tan(one), '1.5574077246549022305069748074583601730872507723815'],
    ['sin 10²²', exact.sin(big(1e22)), '-0.85220084976718880177270589375302936826176215041004'],
    ['atan 2', exact.atan(big(2)), '1.1071487177940905030170654601785370400700476454014'],
    ['sinh 1', exact.sinh(one), '1.1752011936438014568823818505956008151557179813341'],
    ['cosh 1', exact.cosh(one), '1.5430806348152437784779056207570616826015291123659'],
    ['tanh 1', exact.tanh(one), '0.76159415595576488811945828260479359041276859725794'],
    ['erf 1', exact.erf(one), '0.84270079294971486934122063508260925929606699796630'],
    ['erfc 2', exact.erfc(big(2)), '0.0046777349810472658379307436327470713891082029599399'],
    ['erfc 10', exact.erfc(big(10)), '2.0884875837625447570007862949577886115608181193212e-45'],
    ['Φ(−1)', exact.normalCdf(big(-1)), '0.15865525393145705141476745436796207752208703327340'],
  ];
  test.each(published)('%s', (_, value, digits) => {
    expect(agree(value, decimal(digits), 160)).toBe(true);
  });
});

describe('identities', () => {
  const random = scatter(7);
  const points = Array.from({ length: 40 }, () => big((random() - 0.5) * 2 ** (12 * random() - 6)));
  const each = (holds: (x: exact.Big) => boolean): void => {
    for (const x of points) expect(holds(x)).toBe(true);
  };

  test('log eˣ = x', () => each((x) => agree(exact.log(exact.exp(x)), x, 200)));
  test('sin² + cos² = 1', () =>
    each((x) => {
      const [s, c] = [exact.sin(x), exact.cos(x)];
      return agree(exact.add(exact.mul(s, s), exact.mul(c, c)), one, 240);
    }));
  test('tan atan x = x', () => each((x) => agree(exact.tan(exact.atan(x)), x, 200)));
  test('σ(x) + σ(−x) = 1', () =>
    each((x) => agree(exact.add(exact.sigmoid(x), exact.sigmoid(exact.neg(x))), one, 240)));
  test('log σ(x) = −log(1 + e⁻ˣ)', () =>
    each((x) => agree(exact.exp(exact.logsigmoid(x)), exact.sigmoid(x), 230)));
  test('series and continued fraction of erfc agree between 3 and 5', () => {
    for (const x of [3, 3.5, 4.25, 5])
      expect(agree(exact.erfc(big(x)), exact.sub(one, exact.erf(big(x))), 200)).toBe(true);
  });
});

describe('ulpError', () => {
  test('counts in units of the last place of the exact value', () => {
    expect(exact.ulpError(1, one)).toBe(0);
    expect(exact.ulpError(1 + Number.EPSILON, one)).toBe(1);
    expect(exact.ulpError(1, { m: (1n << 60n) + (1n << 7n), f: 60 })).toBe(0.5);
    expect(exact.ulpError(0, big(Number.MIN_VALUE))).toBe(1);
    expect(exact.ulpError(Number.MIN_VALUE, { m: 1n, f: 1075 })).toBe(0.5);
  });
  test('infinity is right only where the exact value rounds to it', () => {
    expect(exact.ulpError(Infinity, { m: 1n, f: -1024 })).toBe(0);
    expect(exact.ulpError(-Infinity, { m: 1n, f: -1024 })).toBe(Infinity);
    expect(exact.ulpError(Infinity, big(Number.MAX_VALUE))).toBe(Infinity);
    expect(exact.ulpError(Number.NaN, one)).toBe(Infinity);
  });
});

test('the hard angles hold the hardest one, 2⁻⁶⁰ from a multiple of π/2', () => {
  const hardest = 6381956970095103 * 2 ** 797; // Muller, Elementary Functions, table 11.1
  expect(hardAngles).toContain(hardest);
  const distance = exact.sub(size(exact.cos(big(hardest))), { m: 1n, f: 60 });
  expect(distance.m < 0n).toBe(true);
});
