import { dependencies as ofLayer } from "../../layers/dependencies/package.json";
import { peerPackages } from "./paths";

test("packages of both the peers and the layer have the same version", () => {
  const versions: Record<string, string> = ofLayer;
  const shared = Object.entries(peerPackages()).filter(([name]) => name in versions);
  expect(shared.map(([name]) => name)).toContain("express");
  for (const [name, version] of shared) expect([name, version]).toEqual([name, versions[name]]);
});
