import * as z from "zod/mini";
import { emptyRequest, defineRoute } from "./define-route";

const healthResponse = z
  .object({ status: z.string(), version: z.string(), commit: z.string() })
  .register(z.globalRegistry, { id: "Health" });

export const health = defineRoute(
  {
    operationId: "getHealth",
    summary: "Whether the API answers, and which version it is",
    method: "get",
    path: "/health",
    scope: undefined,
    request: emptyRequest,
    responses: { 200: { description: "It answers.", body: healthResponse } },
    problems: [],
  },
  (_request, { service: { version, commit } }) => ({
    status: 200,
    body: { status: "ok", version, commit },
  }),
);
