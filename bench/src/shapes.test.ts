import { dependencies as ofLayer } from "../../layers/dependencies/package.json";
import { peerPackages } from "./paths";

test("peers have the layer's versions of what both use", () => {
  const versions: Record<string, string> = ofLayer;
  const shared = Object.entries(peerPackages()).filter(([name]) => name in versions);
  expect(shared.map(([name]) => name)).toContain("express");
  for (const [name, version] of shared) expect([name, version]).toEqual([name, versions[name]]);
});
