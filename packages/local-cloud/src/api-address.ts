/**
 * The base URL for all routes of an API. At `<id>.execute-api.localhost` the emulator handles `/health` itself, and not
 * every system resolves that name.
 * @param apiUrl `http://<id>.execute-api.localhost:4566`
 * @returns `http://127.0.0.1:4566/_aws/execute-api/<id>`, which is the API's stage `$default`
 */
export function apiAddress(apiUrl: string, endpoint: string): string {
  const [apiId = ""] = new URL(apiUrl).hostname.split(".");
  return `${endpoint}/_aws/execute-api/${apiId}`;
}
