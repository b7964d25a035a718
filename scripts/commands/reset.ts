import { defineCommand } from "../../packages/command-line/src/define-command";

export default defineCommand({
  group: "Local cloud",
  description: "Delete everything that the local cloud holds: the next start is a first one.",
  details:
    "All environments, with tasks and Terraform's states, without running Terraform: also when a bucket with objects blocks start and destroy. npm start must not be running. Installed tools are kept.",
  arguments: {},
  options: {},
  run: async () => {
    const { localPaths } = await import("../../packages/local-cloud/src/local-paths.js");
    const { resetLocalCloud } = await import("../../packages/local-cloud/src/reset.js");
    const paths = localPaths();
    await resetLocalCloud(paths);
    console.log(`${paths.folder} is empty; npm start deploys everything again.`);
  },
});
