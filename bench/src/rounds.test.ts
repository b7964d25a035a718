import { randomFrom, shuffled } from "./random";
import { interleaved } from "./rounds";

const cases = ["a", "b", "c", "d"];

test("each round has every case once, in random order", async () => {
  const taken: string[] = [];
  const sample = (of: string) => Promise.resolve(taken.push(of));
  const samples = await interleaved(cases, sample, {
    rounds: 6,
    random: randomFrom(1),
    report: () => undefined,
  });
  const rounds = Array.from({ length: 6 }, (_, round) => taken.slice(round * 4, round * 4 + 4));
  for (const round of rounds) expect([...round].sort()).toEqual(cases);
  expect(new Set(rounds.map((round) => round.join(""))).size).toBeGreaterThan(1);
  expect([...samples.values()].map(({ length }) => length)).toEqual([6, 6, 6, 6]);
});

test("the same seed gives the same order", () => {
  expect(shuffled(cases, randomFrom(7))).toEqual(shuffled(cases, randomFrom(7)));
  const orders = [1, 2, 3, 4, 5].map((seed) => shuffled(cases, randomFrom(seed)).join(""));
  expect(new Set(orders).size).toBeGreaterThan(1);
});
