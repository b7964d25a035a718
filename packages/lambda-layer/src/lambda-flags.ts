/**
 * The flags with which Lambda starts Node, from `/var/runtime/bootstrap` in its runtime images.
 * @param memoryMegabytes the function's memory setting
 */
export const lambdaFlags = (memoryMegabytes: number): string[] => [
  "--expose-gc",
  "--max-http-header-size=81920",
  `--max-semi-space-size=${Math.floor(memoryMegabytes / 20)}`,
  `--max-old-space-size=${memoryMegabytes - Math.floor(memoryMegabytes / 10)}`,
];
