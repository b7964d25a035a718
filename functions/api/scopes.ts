/** The scopes that routes can require of tokens. */
export const scopes = ["tasks:read", "tasks:write"] as const;
export type Scope = (typeof scopes)[number];
