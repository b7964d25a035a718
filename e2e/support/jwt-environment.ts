import { TokenIssuer } from "./token-issuer";
import { E2eEnvironment } from "./e2e-environment";

/** The origin that CORS allows. */
export const browserOrigin = "https://app.example.com";

/** dev on its own emulator, with JWT authorization by a local issuer. */
export interface JwtEnvironment {
  readonly e2e: E2eEnvironment;
  readonly issuer: TokenIssuer;
  readonly dispose: () => Promise<void>;
}

export async function openJwtEnvironment(): Promise<JwtEnvironment> {
  const issuer = await TokenIssuer.open();
  const e2e = await E2eEnvironment.open("dev");
  const copy = e2e.changeRepository();
  copy.setSetting("app", "dev", "authorization", '"jwt"');
  copy.setSetting("app", "dev", "jwt", `{ issuer = "${issuer.url}", audience = ["tasks"] }`);
  copy.setSetting("infra", "dev", "http_api.cors_allow_origins", `["${browserOrigin}"]`);
  await e2e.deploy();
  const dispose = async () => {
    await e2e.dispose();
    await issuer.close();
  };
  return { e2e, issuer, dispose };
}
