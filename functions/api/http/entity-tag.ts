import type { Task } from "../../shared/tasks/task";

/** Changes whenever the task does. */
export const entityTag = ({ state, attempts, updatedAt }: Task): string =>
  `"${state}-${attempts}-${Date.parse(updatedAt).toString(36)}"`;

/** An element of a comma-separated list. Commas within quotes belong to a tag. */
const listItem = /(?:"[^"]*"?|[^",])+/g;

/**
 * Whether an `If-None-Match` names a tag: https://www.rfc-editor.org/rfc/rfc9110#field.if-none-match
 * Express's own `request.fresh` returns false when the client also sends `Cache-Control: no-cache`, as `fetch` does;
 * that is for caches, not for the origin.
 */
export const namesTag = (ifNoneMatch: string | undefined, tag: string): boolean =>
  ((ifNoneMatch ?? "").match(listItem) ?? [])
    .map((item) => item.trim().replace(/^W\//, ""))
    .some((item) => item === "*" || item === tag);
