/**
 * The program that Terraform runs when functions have new versions: deploy/30_app/lambda/release.ts. It is bundled into one
 * file, which is an artifact of the stack like the functions' zips.
 */
import { releaseFromEnvironment } from "./release-from-environment";

releaseFromEnvironment(process.env).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
