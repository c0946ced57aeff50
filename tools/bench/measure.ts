/** The middle value; of an even number of values, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? NaN;
  return (lower + upper) / 2;
}

/** How often a comparison is run. */
export interface Rounds {
  /** Rounds that count. */
  readonly counted: number;
  /** Rounds before them, which fill caches and do not count. */
  readonly warmUps: number;
}

/**
 * Measures several things in turn, A B A B …, so that a busy moment of the machine hits all of them. Gives the values of the rounds that
 * count, in order.
 */
export async function takeTurns<Name extends string>(
  { counted, warmUps }: Rounds,
  tasks: Readonly<Record<Name, () => Promise<number>>>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(tasks) as Name[];
  const measured = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>;
  for (let round = -warmUps; round < counted; round++) {
    for (const name of names) {
      const value = await tasks[name]();
      if (round >= 0) measured[name].push(value);
    }
  }
  return measured;
}

/** The median of the ratios within each round. */
export function ratioOf(values: readonly number[], others: readonly number[]): number {
  return median(values.map((value, round) => value / (others[round] ?? NaN)));
}
