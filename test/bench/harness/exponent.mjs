/** The exponent b of `cost = a · size^b` that fits best: 0 is flat, 1 is linear (least squares on logarithms). */
export function fitExponent(sizes, costs) {
  const x = sizes.map(Math.log);
  const y = costs.map(Math.log);
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(x), mean(y)];
  const product = (a, b, meanA, meanB) => mean(a.map((value, at) => (value - meanA) * (b[at] - meanB)));
  return product(x, y, meanX, meanY) / product(x, x, meanX, meanX);
}
