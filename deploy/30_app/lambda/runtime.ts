/** The Lambda runtime of every function; `scripts/build` compiles for it. */
export const runtime = "nodejs22.x";
export const architecture = "arm64";
