import { unless, type Rule } from "./rule";

export const secretRules: readonly Rule[] = [
  {
    name: "Terraform gives secrets no value",
    reason: "whoever may read the state, or a plan, would read it",
    violations: (environment) =>
      environment
        .all("aws_secretsmanager_secret_version", "random_password", "tls_private_key")
        .flatMap((resource) =>
          unless(false, resource, "a value given by npm run cli -- secret", resource.type),
        ),
  },
];
