/**
 * What Lambda starts Node with, as the bootstrap in its runtime images has it (`/var/runtime/bootstrap`).
 * @param memoryMegabytes the function's memory setting
 */
export const lambdaFlags = (memoryMegabytes: number): string[] => [
  "--expose-gc",
  "--max-http-header-size=81920",
  `--max-semi-space-size=${Math.floor(memoryMegabytes / 20)}`,
  `--max-old-space-size=${memoryMegabytes - Math.floor(memoryMegabytes / 10)}`,
];
