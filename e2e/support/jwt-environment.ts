import { cdktfIn, expectSuccess } from "./command";
import { TokenIssuer } from "./token-issuer";
import { Walk } from "./walk";

/** The tfvars of dev that say who may call its API. */
export const appSettings = "deploy/30_app/environments/dev/terraform.tfvars";
const infraSettings = "deploy/20_infra/environments/dev/terraform.tfvars";

/** The origin that browsers may call the API from. */
export const browserOrigin = "https://app.example.com";

/** dev on a cloud of its own, where callers need a token of an issuer on this machine. */
export interface JwtEnvironment {
  readonly walk: Walk;
  readonly issuer: TokenIssuer;
  readonly dispose: () => Promise<void>;
}

export async function openJwtEnvironment(): Promise<JwtEnvironment> {
  const issuer = await TokenIssuer.open();
  const walk = await Walk.open("dev");
  const copy = walk.changeRepository();
  const jwt = `jwt = { issuer = "${issuer.url}", audience = ["tasks"] }`;
  copy.edit(appSettings, '"none"', `"jwt"\n${jwt}`);
  copy.edit(infraSettings, /cors_allow_origins\s*= \[.*\]/, `cors_allow_origins = ["${browserOrigin}"]`);
  expectSuccess(await cdktfIn(copy.folder, walk.local.cloud.env, "deploy", "*-dev", "--auto-approve"));
  await walk.enter();
  const dispose = async () => {
    await walk.dispose();
    await issuer.close();
  };
  return { walk, issuer, dispose };
}
