/**
 * Gives each column of `vectors` [n, k] the sign that a vector and its negative agree on: the first
 * component within 10⁻⁸ of the largest magnitude is positive.
 * @returns for each column whether it was turned round.
 */
export function fixSigns(vectors: Float64Array, n: number, k: number): boolean[] {
  return Array.from({ length: k }, (_, j) => {
    let largest = 0;
    for (let i = 0; i < n; i++) largest = Math.max(largest, Math.abs(vectors[i * k + j]!));
    let i = 0;
    while (Math.abs(vectors[i * k + j]!) < (1 - 1e-8) * largest) i++;
    const turn = vectors[i * k + j]! < 0;
    if (turn) negateColumn(vectors, n, k, j);
    return turn;
  });
}

/** Column j of [n, k] times −1. */
export function negateColumn(vectors: Float64Array, n: number, k: number, j: number): void {
  for (let i = 0; i < n; i++) vectors[i * k + j] = -vectors[i * k + j]!;
}
