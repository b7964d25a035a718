import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { eject } from "./eject/eject";
import { wrongUsage } from "./local/errors";
import { Phases } from "../packages/local-cloud/src/phases";
import { runMain } from "./local/run-main";

const usage = `npm run eject -- <folder>

Writes every stack of every environment as plain Terraform: <folder>/<environment>/<layer>/*.tf, one file for each
concept, with the zips that the functions run. Reaches no cloud. Resources keep their addresses and states their place:
terraform init and terraform plan in such a folder find what cdktf has applied, and nothing to change.
For AWS, or for the emulator that AWS_ENDPOINT_URL names.`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: "boolean" } },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const [name, ...rest] = positionals;
  if (name === undefined || rest.length > 0)
    throw wrongUsage(`Expected one folder, found "${positionals.join(" ")}".`, usage);
  const folder = resolve(name);
  const written = await new Phases().run("eject", (report) => eject({ folder, report }));
  for (const each of written) console.log(`  wrote ${each}`);
  console.log(
    `\nNext: terraform -chdir=${written[0] ?? folder} init && terraform -chdir=${written[0] ?? folder} plan`,
  );
}

runMain(main);
