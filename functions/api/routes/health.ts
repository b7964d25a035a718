import type { Route } from "./route";

export const health: Route = {
  method: "get",
  path: "/health",
  hasBody: false,
  answer: (_request, response, { service }) => {
    response.json({ status: "ok", version: service.version, commit: service.commit });
  },
};
