import { resolve } from "node:path";
import { Phases } from "../../packages/local-cloud/src/phases";
import { eject } from "./eject";

/** Writes all stacks as HCL, and prints the folders and what to do with them. */
export async function ejectInto(folder: string): Promise<void> {
  const written = await new Phases().run("eject", (report) => eject({ folder: resolve(folder), report }));
  for (const each of written) console.log(`  wrote ${each}`);
  const [first = folder] = written;
  console.log(`\nNext: terraform -chdir=${first} init && terraform -chdir=${first} plan`);
}
