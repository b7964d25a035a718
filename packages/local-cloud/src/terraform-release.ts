/** The version that is downloaded if PATH has none. */
export const terraformVersion = "1.11.4";

/** The oldest supported version: its S3 backend supports lockfiles. */
export const oldestTerraform = [1, 11] as const;

export const releasesUrl = "https://releases.hashicorp.com";

/** By Node's `platform-arch`: the release's name for it, and the SHA-256 of its zip, from HashiCorp's SHA256SUMS. */
export const terraformZips: Readonly<Record<string, { readonly platform: string; readonly sha256: string }>> =
  {
    "linux-x64": {
      platform: "linux_amd64",
      sha256: "1ce994251c00281d6845f0f268637ba50c0005657eb3cf096b92f753b42ef4dc",
    },
    "linux-arm64": {
      platform: "linux_arm64",
      sha256: "a43d1d0da9b9bab214a8305a39db0e40869572594ccf50c416a7756499143633",
    },
    "darwin-x64": {
      platform: "darwin_amd64",
      sha256: "a56d5002b9f7647291faccc3dd1a70350e60fb61e4c45037629508b8fdc2575b",
    },
    "darwin-arm64": {
      platform: "darwin_arm64",
      sha256: "867e0808fa971217043e25b7a792b10720c79b1546f8a68479b74f138be73e18",
    },
  };
