import { devPrefix } from "../../../support/names";
import type { Campaign } from "../campaign";

/** What is wrong with a response to a call that fails because of the store: it is 503 with `Retry-After`. */
export const problemsOfFailure = ({ status, headers }: Response): string[] => [
  ...(status === 503 ? [] : [`status ${status}`]),
  ...(headers.has("retry-after") ? [] : [`${status} without Retry-After`]),
];

/** What a response tells clients about the store and its resources. */
export const revealed = ({ store }: Campaign, content: string): string[] =>
  new RegExp(`${devPrefix}|${store.internals}`, "i").test(content) ? [`reveals internals: ${content}`] : [];
