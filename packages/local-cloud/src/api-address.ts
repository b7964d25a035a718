/**
 * The same API under a path of the emulator's own address. The emulator answers `/health` of every host name itself,
 * and not every system resolves `<id>.execute-api.localhost`; this form has neither trouble.
 * @param apiUrl `http://<id>.execute-api.localhost:4566`
 */
export function pathAddress(apiUrl: string, endpoint: string): string {
  const [apiId = ""] = new URL(apiUrl).hostname.split(".");
  return `${endpoint}/_aws/execute-api/${apiId}/$default`;
}
