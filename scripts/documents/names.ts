/** The generated documents, in the order in which they are generated. */
export const documentNames = [
  "bench",
  "capacity",
  "commands",
  "cost",
  "diagrams",
  "environments",
  "openapi",
  "permissions",
] as const;
