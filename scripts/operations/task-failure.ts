import * as z from "zod";
import { userError } from "../core/errors";

/** A problem of the API, or a refusal of API Gateway. */
const refused = z.looseObject({
  title: z.string().optional(),
  detail: z.string().optional(),
  message: z.string().optional(),
});

/** What to do about a status. */
const hints: Readonly<Record<number, string>> = {
  401: "use a JWT that has not expired: --token <file>",
  403: "use credentials that may invoke the API (the operator role may), or a JWT with the scopes tasks:read and tasks:write",
  404: "list the tasks: npm run cli -- tasks list <environment>",
  501: "the environment has no table: set table.enabled in deploy/20_infra",
};

/** The error of a request that the API has refused. */
export function apiFailure(request: string, status: number, body: unknown) {
  const { title, detail, message } = refused.safeParse(body).data ?? {};
  const reason = [title ?? message, detail].filter((part) => part !== undefined).join(": ");
  return userError(
    `${request} was refused with status ${status}${reason === "" ? "" : `: ${reason}`}`,
    "a status of 200 to 299",
    hints[status] ??
      "see the API's log: npm run cli -- logs <environment> --level error; then repeat the command",
  );
}
