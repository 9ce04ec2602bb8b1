import { createHash } from "node:crypto";

/** The numbers that the course names, and a few that a careless test takes for primes. */
const NAMED = [11, 1, 0, -7, 2, 3, 4, 6, 8, 9, 25, 49, 561, 1729, 7919 ** 2].map(BigInt);

/** Divisors that decide every number below 3.3e24 (Sorenson and Webster, 2015). */
const WITNESSES = [2n, 3n, 5n, 7n, 11n, 13n, 17n, 19n, 23n, 29n, 31n, 37n, 41n];

/** Whether a number below 3.3e24 is prime, by the test of Miller and Rabin. */
export function isPrime(number: bigint): boolean {
  if (number < 2n) return false;
  for (const small of WITNESSES) if (number % small === 0n) return number === small;
  let [odd, twos] = [number - 1n, 0];
  while (odd % 2n === 0n) [odd, twos] = [odd / 2n, twos + 1];
  return WITNESSES.every((witness) => {
    let power = modularPower(witness, odd, number);
    if (power === 1n || power === number - 1n) return true;
    for (let n = 1; n < twos; n += 1) {
      power = (power * power) % number;
      if (power === number - 1n) return true;
    }
    return false;
  });
}

function modularPower(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (let [factor, left] = [base % modulus, exponent]; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * factor) % modulus;
    factor = (factor * factor) % modulus;
  }
  return result;
}

/**
 * The named numbers, then so many that follow from the seed: primes, their squares and products, even ones, and any;
 * the largest has eleven digits, so that a division by every odd number up to the root is done in milliseconds.
 */
export function listNumbers(seed: string, count: number): bigint[] {
  const random = (n: number, most: number): bigint => {
    const bytes = createHash("sha256").update(`${seed} number ${n}`).digest();
    return BigInt(bytes.readUIntBE(0, 6) % most);
  };
  const kinds: ((n: number) => bigint)[] = [
    (n) => nextPrime(random(n, 1_000_000)),
    (n) => nextPrime(random(n, 3000)) ** 2n,
    (n) => nextPrime(random(n, 3000)) * nextPrime(random(n + 1, 3000)),
    (n) => 2n * random(n, 500_000),
    (n) => random(n, 300),
    (n) => random(n, 10_000_000_000),
  ];
  const made = Array.from({ length: count }, (_, n) => kinds[n % kinds.length]?.(n) ?? 0n);
  return [...NAMED, ...made];
}

function nextPrime(from: bigint): bigint {
  let number = from;
  while (!isPrime(number)) number += 1n;
  return number;
}
