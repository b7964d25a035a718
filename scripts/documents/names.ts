/** The generated documents, in the order in which they are generated. */
export const documentNames = [
  "bench",
  "capacity",
  "commands",
  "cost",
  "dashboard",
  "diagrams",
  "environments",
  "openapi",
  "permissions",
] as const;
