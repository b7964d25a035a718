// cdktf keeps a stack trace of each token, which Jest maps to sources frame by frame, and starts `terraform version` for each
// synthesis with terraform_data: together more than half of the time of a test that synthesizes stacks.
jest.mock("cdktf/lib/tokens/private/stack-trace", () => ({ captureStackTrace: () => [] }));
jest.mock("cdktf/lib/validations/validate-binary-version", () => ({
  ValidateBinaryVersion: class {
    validate = () => [];
  },
}));

// Otherwise each synthesis starts git.
process.env.GITHUB_SHA ??= "0123456789abcdef0123456789abcdef01234567";
