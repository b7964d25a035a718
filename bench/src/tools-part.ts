import { join } from "node:path";
import * as z from "zod";
import type { build } from "../../scripts/build/build";
import { RepositoryCopy } from "../../scripts/testing/repository-copy";
import { roundsOf, type BenchContext, type Measured } from "./part";
import { interleaved } from "./rounds";
import { summarize } from "./statistics";

const rounds = 10;

/** A file of the API, the largest function. */
const changedFile = "functions/api/routes/health.ts";

const buildModule = z.object({
  build: z.custom<typeof build>((value) => typeof value === "function"),
});

/** Measures the rebuild of a function after a change. */
export async function toolsPart(context: BenchContext): Promise<Measured> {
  const copy = new RepositoryCopy();
  try {
    // The build of the copy, which reads the sources of the copy. The first build is not measured, as in `npm run dev`.
    const { build } = buildModule.parse(await import(join(copy.folder, "scripts", "build", "build.ts")));
    await build();
    let changes = 0;
    const rebuild = async () => {
      copy.edit(changedFile, /status: "ok[^"]*"/, `status: "ok ${++changes}"`);
      const started = performance.now();
      await build();
      return (performance.now() - started) / 1000;
    };
    const seconds = await interleaved([changedFile], rebuild, roundsOf(context, rounds));
    return {
      figures: [...seconds.values()].map((taken) => ({
        subject: "rebuild after a line of a function has changed",
        measure: "seconds",
        unit: "s",
        ...summarize(taken),
      })),
      comparisons: [],
    };
  } finally {
    copy.dispose();
  }
}
