import { join } from "node:path";
import { root } from "./build/paths";
import { runMain } from "./local/run-main";
import { actionlintProblems } from "./workflows/actionlint";
import { workflowFiles } from "./workflows/files";
import { zizmorProblems } from "./workflows/zizmor";

/** `npm run check:workflows`: sees that every workflow and action in .github is right and safe. */
async function main(): Promise<void> {
  const folder = join(root, ".github");
  const problems = [...(await actionlintProblems(folder)), ...(await zizmorProblems(folder))];
  for (const { file, line, rule, message } of problems) {
    console.error(`.github/${file}:${line} ${rule}: ${message}`);
  }
  if (problems.length > 0) process.exitCode = 1;
  else console.log(`${workflowFiles(folder).length} workflows and the actions they use: nothing to mend.`);
}

runMain(main);
