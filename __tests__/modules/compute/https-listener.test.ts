import { HttpsListener } from "../../../modules/compute/https-listener";
import { type HttpsListenerSettings, TLS_POLICIES } from "../../../modules/compute/https-listener-settings";
import { context, resources, synth } from "../../support/synth";

const listener = (settings: HttpsListenerSettings = {}) =>
  synth(
    (scope) =>
      new HttpsListener(scope, "https", {
        context: context(),
        loadBalancerArn: "arn:load-balancer",
        certificateArn: "arn:certificate",
        ...settings,
      }),
  );

describe("HttpsListener", () => {
  test("speaks TLS 1.2 and up on 443, and answers 404 to what no service answers", () => {
    expect(resources(listener(), "aws_lb_listener")).toEqual([
      expect.objectContaining({
        load_balancer_arn: "arn:load-balancer",
        port: 443,
        protocol: "HTTPS",
        ssl_policy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
        default_action: [
          {
            type: "fixed-response",
            fixed_response: { content_type: "text/plain", message_body: "Not found", status_code: "404" },
          },
        ],
        tags: { Name: "acme-test-https" },
      }),
    ]);
  });

  test("waits until the certificate is issued, whoever makes its records", () => {
    const synthesized = listener();
    const [validation] = resources(synthesized, "aws_acm_certificate_validation");
    expect(validation).toMatchObject({ certificate_arn: "arn:certificate", timeouts: { create: "30m" } });
    expect(validation).not.toHaveProperty("validation_record_fqdns");
    expect(resources(synthesized, "aws_lb_listener")).toEqual([
      expect.objectContaining({
        certificate_arn: expect.stringMatching(/^\$\{aws_acm_certificate_validation\..*\.certificate_arn\}$/),
      }),
    ]);
  });

  test.each(TLS_POLICIES)("takes the policy %s", (tlsPolicy) => {
    expect(resources(listener({ tlsPolicy }), "aws_lb_listener")).toEqual([
      expect.objectContaining({ ssl_policy: tlsPolicy }),
    ]);
  });

  test("falls back to the documented default for an explicit undefined", () => {
    expect(listener({ tlsPolicy: undefined })).toEqual(listener());
  });

  test("fails on a policy that is not safe", () => {
    const settings = JSON.parse('{ "tlsPolicy": "ELBSecurityPolicy-2016-08" }') as HttpsListenerSettings;
    expect(() => listener(settings)).toThrow(
      'test/https: tlsPolicy must be one of ELBSecurityPolicy-TLS13-1-2-2021-06, ELBSecurityPolicy-TLS13-1-2-Res-2021-06, ELBSecurityPolicy-TLS13-1-3-2021-06, got "ELBSecurityPolicy-2016-08"',
    );
  });
});
