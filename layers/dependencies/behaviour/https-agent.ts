import { once } from "node:events";
import { Agent as HttpAgent, createServer } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { AddressInfo } from "node:net";
import { describedError, type Programs } from "./programs";

interface Handler {
  readonly handle: (request: unknown) => Promise<{ readonly response: { readonly statusCode: number } }>;
  readonly configProvider: Promise<Record<string, unknown>>;
  readonly updateHttpClientConfig: (key: string, value: unknown) => void;
  readonly httpHandlerConfigs: () => Record<string, unknown>;
  readonly destroy: () => void;
  readonly externalAgent: boolean;
}
interface HttpHandlers {
  readonly NodeHttpHandler: new (options?: unknown) => Handler;
}

export function httpsAgent(): Programs<HttpHandlers> {
  const closed = {
    protocol: "https:",
    hostname: "127.0.0.1",
    port: 1,
    method: "GET",
    path: "/",
    headers: {},
  };
  const facts = (config: Record<string, unknown>) => {
    const { httpsAgent, ...others } = config;
    return [
      Object.keys(config),
      Object.entries(others).map(([key, value]) => [key, typeof value === "function" ? "function" : value]),
      httpsAgent instanceof HttpsAgent && [httpsAgent.maxSockets, httpsAgent.options],
    ];
  };
  const withServer = async <T>(work: (request: Record<string, unknown>) => Promise<T>): Promise<T> => {
    const server = createServer((request, response) => {
      response.statusCode = 201;
      request.resume().on("end", () => response.end(request.headers.connection));
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    try {
      return await work({ ...closed, protocol: "http:", port: (server.address() as AddressInfo).port });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  };
  return {
    "the configuration": async (load) => {
      const { NodeHttpHandler } = load();
      const options = [
        undefined,
        {},
        { httpsAgent: { maxSockets: 3 }, requestTimeout: 5 },
        () => Promise.resolve({ socketTimeout: 1 }),
      ];
      return Promise.all(options.map(async (each) => facts(await new NodeHttpHandler(each).configProvider)));
    },
    "one agent for all requests": async (load) => {
      const config = await new (load().NodeHttpHandler)().configProvider;
      return [
        config.httpsAgent === config.httpsAgent,
        JSON.stringify(Object.getOwnPropertyDescriptor({ ...config }, "logger")),
      ];
    },
    "an agent of the caller": async (load) => {
      const agent = new HttpsAgent();
      const other = { destroy: () => undefined };
      const { NodeHttpHandler } = load();
      const found: unknown[] = [];
      for (const httpsAgent of [agent, other]) {
        const handler = new NodeHttpHandler({ httpsAgent });
        const config = await handler.configProvider;
        found.push(handler.externalAgent, config.httpsAgent === httpsAgent);
      }
      return found;
    },
    "a changed configuration": (load) =>
      withServer(async (request) => {
        const handler = new (load().NodeHttpHandler)({ requestTimeout: 1_000 });
        const before = [handler.httpHandlerConfigs()];
        await handler.handle(request);
        handler.updateHttpClientConfig("requestTimeout", 2_000);
        const { response } = await handler.handle(request);
        const mine = new HttpsAgent();
        handler.updateHttpClientConfig("httpsAgent", mine);
        await handler.handle(request);
        const { httpsAgent, httpAgent, requestTimeout } = handler.httpHandlerConfigs();
        const same = httpsAgent === mine;
        handler.destroy();
        return [before, response.statusCode, same, httpAgent instanceof HttpAgent, requestTimeout];
      }),
    "requests by HTTPS": async (load) => {
      const handler = new (load().NodeHttpHandler)();
      const error = await handler.handle(closed).catch((cause: unknown) => describedError(cause));
      handler.destroy();
      return error;
    },
  };
}
