import { displayPath } from "../../deploy/config/environments";
import { addEnvironment, newEnvironmentFiles, stillNaming, type NewEnvironment } from "./new-environment";

/** Writes the files of a new environment, or only prints them, and what to do next. */
export async function createEnvironment(wanted: NewEnvironment, dryRun: boolean): Promise<void> {
  const { name, from, accountId } = wanted;
  if (dryRun) {
    const files = await newEnvironmentFiles(wanted);
    for (const { path, text } of files) console.log(`── ${displayPath(path)}\n${text}`);
    return;
  }
  const files = await addEnvironment(wanted);
  for (const { path } of files) console.log(`  wrote ${displayPath(path)}`);
  const left = stillNaming(from, files);
  if (left.length > 0) console.log(`\nStill of ${from}, for you to change:\n  ${left.join("\n  ")}`);
  console.log(`
Next: read them${accountId === undefined ? ", set allowed_account_ids and the buckets' names to your account's" : ""}, then
  npm run cli -- documents
  npm run diff:env -- ${from} ${name}
  npm run bootstrap -- ${name} --aws
  npx cdktf deploy '*-${name}'
and say in .github/workflows/deploy.yml after which environment it is deployed.`);
}
