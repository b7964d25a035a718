import { TokenIssuer } from "./token-issuer";
import { E2eEnvironment } from "./e2e-environment";

/** The tfvars of dev that say who may call its API. */
export const appSettings = "deploy/30_app/environments/dev/terraform.tfvars";
const infraSettings = "deploy/20_infra/environments/dev/terraform.tfvars";

/** The origin that browsers may call the API from. */
export const browserOrigin = "https://app.example.com";

/** dev on a cloud of its own, where callers need a token of an issuer on this machine. */
export interface JwtEnvironment {
  readonly e2e: E2eEnvironment;
  readonly issuer: TokenIssuer;
  readonly dispose: () => Promise<void>;
}

export async function openJwtEnvironment(): Promise<JwtEnvironment> {
  const issuer = await TokenIssuer.open();
  const e2e = await E2eEnvironment.open("dev");
  const copy = e2e.changeRepository();
  const jwt = `jwt = { issuer = "${issuer.url}", audience = ["tasks"] }`;
  copy.edit(appSettings, '"none"', `"jwt"\n${jwt}`);
  copy.edit(infraSettings, /cors_allow_origins\s*= \[.*\]/, `cors_allow_origins = ["${browserOrigin}"]`);
  await e2e.deploy();
  const dispose = async () => {
    await e2e.dispose();
    await issuer.close();
  };
  return { e2e, issuer, dispose };
}
