import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { AliasSet, includesSet } from "../../packages/lambda-release/src/alias-set";
import { releaseVersions } from "../../packages/lambda-release/src/release-versions";
import type { Release } from "../../packages/lambda-release/src/releases";
import { watch } from "../../packages/lambda-release/src/watch";
import { releaseInput, type ReleaseInput } from "../../deploy/30_app/lambda/release-input";
import { firstRelease, laterRelease, serviceChecks } from "./service-checks";

/**
 * Releases the versions in the variable RELEASE. RELEASE_WATCH_SECONDS replaces the durations of the tfvars: the local cloud
 * sets it to 0, since it has no traffic to watch. SIGINT and SIGTERM end the watch, and the aliases are moved back.
 * @throws {ReleaseError} when the versions are not live
 */
export async function releaseFromEnvironment(environment: NodeJS.ProcessEnv): Promise<Release> {
  const input = releaseInput.parse(JSON.parse(environment.RELEASE ?? "null"));
  const { region, alias, functions, alarms, error_percent, duration_percent } = input;
  const seconds = durationsOf(input, environment.RELEASE_WATCH_SECONDS);
  const deployed = Object.values(functions);
  const wanted = Object.fromEntries(deployed.map(({ name, version }) => [name, version]));
  const lambda = new LambdaClient({ region });
  const aliases = new AliasSet(lambda, alias);
  const isFirst = includesSet(await aliases.versions(Object.keys(wanted)), wanted);
  const { checkVersions, checkService, probe } = serviceChecks(
    lambda,
    input,
    isFirst ? firstRelease : laterRelease,
  );
  const options = {
    cloudwatch: new CloudWatchClient({ region }),
    aliases,
    functions: deployed.map(({ name, timeout_seconds }) => ({ name, timeoutSeconds: timeout_seconds })),
    alarms,
    errorPercent: error_percent,
    durationPercent: duration_percent,
    probe,
    signal: interruption(),
  };
  return releaseVersions({
    ...{ lambda, alias, wanted, checkVersions, checkService },
    commit: input.commit,
    watch: (...parameters) => watch(options, ...parameters),
    watchSeconds: seconds.watch,
    canary: seconds.canary === 0 ? undefined : { share: input.canary_percent / 100, seconds: seconds.canary },
    kept: input.kept_releases,
    report: (line) => {
      console.log(line);
    },
  });
}

function durationsOf(
  { watch_seconds, canary_percent, canary_seconds }: ReleaseInput,
  replaced: string | undefined,
) {
  if (replaced !== undefined) return { watch: Number(replaced), canary: 0 };
  return { watch: watch_seconds, canary: canary_percent === 0 ? 0 : canary_seconds };
}

function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => {
      controller.abort(new Error(`interrupted by ${signal}`));
    });
  return controller.signal;
}
