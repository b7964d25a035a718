import * as z from "zod/mini";
import { emptyRequest, defineRoute } from "./define-route";

const healthResponse = z
  .object({ status: z.string(), version: z.string(), commit: z.string() })
  .register(z.globalRegistry, { id: "Health" });

export const health = defineRoute(
  {
    operationId: "getHealth",
    summary: "Get the status and version of the service",
    method: "get",
    path: "/health",
    scope: undefined,
    request: emptyRequest,
    responses: { 200: { description: "The service is running.", body: healthResponse } },
    problems: [],
  },
  (_request, { service: { version, commit } }) => ({
    status: 200,
    body: { status: "ok", version, commit },
  }),
);
