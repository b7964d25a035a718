import { figureOf } from "./figures";
import { filters, GrowingTable, limits, nameOf, type Cost } from "./growth";
import type { BenchContext, Measured } from "./part";
import type { Comparison, Figure } from "./results";
import { summarize } from "./statistics";

const sizes = [1_000, 10_000, 100_000, 1_000_000] as const;
const quickSizes = [1_000, 10_000] as const;

/** The limit whose pages are shown one by one; the ratios are of all. */
const shownLimit = 20;

/** The latency of a call that reports are measured with. Not seen on AWS: DynamoDB states single-digit milliseconds. */
const reportLatencyMilliseconds = 10;

const sizeOf = (size: number) => size.toLocaleString("en-US");

type SizeCosts = Readonly<Record<(typeof limits)[number], readonly Cost[]>>;

/** Measures what an operation costs in tables of growing size: calls of DynamoDB, and what they read. */
export async function growthPart({ quick, random, report }: BenchContext): Promise<Measured> {
  const figures: Figure[] = [];
  const pages = new Map<number, SizeCosts>();
  for (const size of quick ? quickSizes : sizes) {
    report(`a table of ${sizeOf(size)} tasks`);
    const table = new GrowingTable(size, random);
    const costs = {
      1: await pagesOf(table, 1),
      20: await pagesOf(table, 20),
      100: await pagesOf(table, 100),
    };
    pages.set(size, costs);
    const shown = [...costs[shownLimit], await table.claim(), await table.sweep()];
    figures.push(
      ...shown.map((cost) => figureOf(cost.operation, `items at ${sizeOf(size)}`, "items", cost.items)),
    );
    figures.push(
      ...shown.map((cost) => figureOf(cost.operation, `calls at ${sizeOf(size)}`, "calls", cost.calls)),
    );
    const { operation, calls, seconds, megabytes } = await table.report(reportLatencyMilliseconds);
    figures.push(
      figureOf(operation, `calls at ${sizeOf(size)}`, "calls", calls),
      figureOf(operation, `seconds at ${sizeOf(size)}`, "s", seconds),
      figureOf(operation, `memory at ${sizeOf(size)}`, "MB", Math.max(0, megabytes)),
    );
  }
  // In a table of 1,000 tasks the partitions of some filters hold less than a page examines.
  const [smaller = 0, larger = 0] = quick ? quickSizes : [sizes[1], sizes[3]];
  return {
    figures,
    comparisons: limits.map((limit) =>
      flatness(
        limit,
        [smaller, pages.get(smaller)?.[limit] ?? []],
        [larger, pages.get(larger)?.[limit] ?? []],
      ),
    ),
  };
}

/** The dearer one of a first and a deep page, for each filter. */
async function pagesOf(table: GrowingTable, limit: number): Promise<Cost[]> {
  const costs: Cost[] = [];
  for (const filter of filters) {
    const [first, deep] = [await table.page(filter, limit, false), await table.page(filter, limit, true)];
    costs.push({
      operation: `page: ${nameOf(filter)}`,
      calls: Math.max(first.calls, deep.calls),
      items: Math.max(first.items, deep.items),
    });
  }
  return costs;
}

/** The largest growth of a page of any filter. */
function flatness(
  limit: number,
  [smaller, before]: readonly [number, readonly Cost[]],
  [larger, after]: readonly [number, readonly Cost[]],
): Comparison {
  const ratios = after.map(({ items }, at) => items / (before[at]?.items ?? items));
  const summary = summarize(ratios);
  return {
    what: `items of a page at ${sizeOf(larger)} / at ${sizeOf(smaller)}, limit ${limit}: the filter that grows most`,
    target: 1.1,
    ...summary,
    median: Math.max(...ratios),
  };
}
