/** The three layers, in the order in which they are applied. */
export const layers = ["core", "infra", "app"] as const;
export type Layer = (typeof layers)[number];
