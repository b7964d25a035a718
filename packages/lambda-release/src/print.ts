import { textTable } from "../../command-line/src/table";
import type { DeployedReleases } from "./rollback";

/**
 * Prints releases with their versions, the newest first, and versions that are published and not live.
 * @param columns the functions in the order of the columns, with their heads
 */
export function printReleases(
  deployed: DeployedReleases,
  columns: ReadonlyMap<string, string>,
): DeployedReleases {
  const { releases, live, published, liveRelease } = deployed;
  const names = [...columns.keys()];
  const cells = (versions: DeployedReleases["live"]) => names.map((name) => versions[name] ?? "-");
  const rows = releases.map(({ number, state, at, commit, reason, versions }) => [
    ...[String(number), number === liveRelease ? "live" : "", state, at, commit.slice(0, 8)],
    ...cells(versions),
    reason ?? "",
  ]);
  const others = [
    ...(liveRelease === undefined ? [["-", "live", "", "", "", ...cells(live), ""]] : []),
    ...(names.every((name) => published[name] === live[name])
      ? []
      : [["-", "published", "", "", "", ...cells(published), ""]]),
  ];
  const head = ["release", "", "state", "released", "commit", ...columns.values(), ""];
  console.log(textTable([head, ...others, ...rows]));
  return deployed;
}
