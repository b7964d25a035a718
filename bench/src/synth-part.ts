import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { scripts } from "../../package.json";
import { root } from "../../scripts/build/paths";
import { run } from "../../packages/local-cloud/src/command";
import { RepositoryCopy } from "../../scripts/testing/repository-copy";
import { differentStacks, synthFailed } from "./errors";
import { roundsOf, type BenchContext, type Measured } from "./part";
import { peersFolder } from "./paths";
import { interleaved } from "./rounds";
import { ratio, summarize } from "./statistics";

const rounds = 8;
const expectedStacks = 9;

const tsNode = join(peersFolder, "node_modules", ".bin", "ts-node");

/** The command of this project, and that of cdktf's documentation with and without type checking. */
const ours = { name: "npm run synth", command: scripts.synth };
const withTypes = {
  name: "cdktf synth with ts-node",
  command: `cdktf synth --app '${tsNode} deploy/main.ts'`,
};
const withoutTypes = {
  name: "cdktf synth with ts-node --transpile-only",
  command: `cdktf synth --app '${tsNode} --transpile-only deploy/main.ts'`,
};
const ways = [ours, withTypes, withoutTypes];

/** Measures the synthesis of all stacks by each command. All must write the same bytes. */
export async function synthPart(context: BenchContext): Promise<Measured> {
  const copies = new Map(ways.map((way) => [way, new RepositoryCopy()]));
  const inCopy = async (way: (typeof ways)[number]) => {
    const { folder } = copies.get(way) ?? { folder: "" };
    // So that only stacks of this run are compared.
    rmSync(join(folder, "cdktf.out"), { recursive: true, force: true });
    return { seconds: await timed(way.command, folder), stacks: stacksIn(folder) };
  };
  try {
    // Synthesis needs the zips. npm run synth builds them itself when they are out of date; the others do not.
    context.report("building in each copy");
    for (const { folder } of copies.values()) await timed("tsx scripts/cli.ts build --quiet", folder);
    for (const way of ways) await inCopy(way);
    const samples = await interleaved(ways, inCopy, roundsOf(context, rounds));
    const all = [...samples].map(([way, taken]) => ({ way, taken }));
    const [first] = all;
    for (const { way, taken } of all) {
      for (const { stacks } of taken) assertSame(way.name, stacks, first?.taken[0]?.stacks);
    }
    const secondsOf = (way: (typeof ways)[number]) => (samples.get(way) ?? []).map(({ seconds }) => seconds);
    return {
      figures: ways.map((way) => ({
        subject: way.name,
        measure: "nine stacks",
        unit: "s",
        ...summarize(secondsOf(way)),
      })),
      comparisons: [withTypes, withoutTypes].map((other) => ({
        what: `synth: ${ours.name} / ${other.name}, same bytes`,
        target: other === withTypes ? 0.1 : undefined,
        ...ratio(secondsOf(ours), secondsOf(other)),
      })),
    };
  } finally {
    for (const copy of copies.values()) copy.dispose();
  }
}

/** Runs a shell command with the programs of node_modules, and returns its duration in seconds. */
async function timed(command: string, folder: string): Promise<number> {
  const path = [join(root, "node_modules", ".bin"), process.env.PATH].join(delimiter);
  // CHECKPOINT_DISABLE: without it, cdktf requests its newest version from HashiCorp.
  const env = { PATH: path, HOME: process.env.HOME, CI: "true", CHECKPOINT_DISABLE: "1" };
  const started = performance.now();
  const { exitCode, stdout, stderr } = await run("sh", ["-c", command], env, folder);
  if (exitCode !== 0) throw synthFailed(command, `${stdout}\n${stderr}`);
  return (performance.now() - started) / 1000;
}

/** The content of cdk.tf.json of each stack. */
function stacksIn(folder: string): Map<string, string> {
  const stacks = join(folder, "cdktf.out", "stacks");
  const names = existsSync(stacks) ? readdirSync(stacks).sort() : [];
  return new Map(names.map((name) => [name, readFileSync(join(stacks, name, "cdk.tf.json"), "utf8")]));
}

function assertSame(way: string, stacks: Map<string, string>, expected: Map<string, string> | undefined) {
  const different = [...stacks].filter(([name, json]) => expected?.get(name) !== json).map(([name]) => name);
  if (stacks.size !== expectedStacks || different.length > 0)
    throw differentStacks(way, stacks.size, different);
}
