import { runStep } from "../../packages/step-runner/src/run-step";
import { stepContext } from "./verify";

test("AWS settings of the user do not reach a check", async () => {
  const settings = {
    AWS_PROFILE: "production",
    AWS_ACCESS_KEY_ID: "AKIAREALLOOKINGKEY00",
    AWS_REGION: "us-east-1",
  };
  const own = process.env;
  process.env = { ...own, ...settings };
  try {
    const script = "console.log(JSON.stringify(process.env))";
    const { output } = await runStep(
      { name: "check", what: "", command: ["node", "-e", script] },
      stepContext(),
    );
    const environment: unknown = JSON.parse(output);
    expect(environment).toMatchObject({ PATH: own.PATH, AWS_CONFIG_FILE: "/dev/null" });
    for (const name of Object.keys(settings)) expect(environment).not.toHaveProperty(name);
  } finally {
    process.env = own;
  }
});
