import { comparableHost, hostOfVariable, tokenVariable } from "../../../tools/cloud/hostname";

describe("comparableHost", () => {
  test.each([
    ["app.terraform.io", "app.terraform.io"],
    ["App.Terraform.IO:443", "app.terraform.io"],
    ["localhost:8443", "localhost:8443"],
    ["café.fr", "xn--caf-dma.fr"],
    ["https://app.terraform.io", undefined],
    ["app.terraform.io/x", undefined],
    ["a b", undefined],
    ["", undefined],
    ["host:port", undefined],
  ])("%j is %j", (text, host) => {
    expect(comparableHost(text)).toBe(host);
  });
});

describe("hostOfVariable", () => {
  test.each([
    ["TF_TOKEN_app_terraform_io", "app.terraform.io"],
    ["TF_TOKEN_my__tfe_example_com", "my-tfe.example.com"],
    ["TF_TOKEN_my-tfe.example.com", "my-tfe.example.com"],
    ["TF_TOKEN_localhost:8443", "localhost:8443"],
    ["TF_TOKEN_xn____caf__dma_fr", "xn--caf-dma.fr"],
    ["TF_VAR_app_terraform_io", undefined],
    ["TF_TOKEN_", undefined],
  ])("%s is for %j", (name, host) => {
    expect(hostOfVariable(name)).toBe(host);
  });

  test.each(["app.terraform.io", "my-tfe.example.com", "xn--caf-dma.fr", "localhost:8443"])(
    "the variable of %s is for it",
    (host) => {
      expect(hostOfVariable(tokenVariable(host))).toBe(host);
    },
  );
});
