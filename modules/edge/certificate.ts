import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { FOR_EXPRESSION_VALUE, forExpression, propertyAccess, TerraformLocal, type TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { Context } from "../context";
import { nameOf } from "../naming";
import { assertValid } from "../validation";
import {
  certificateProblems,
  type CertificateSettings,
  validationDomains,
  type ValidationRecord,
} from "./certificate-settings";

export interface CertificateProps extends CertificateSettings {
  /** For whom and where. A load balancer wants the certificate in its own region, CloudFront in us-east-1. */
  readonly context: Context;

  /**
   * Provider of another region, in a stack that has several.
   * @default - the stack's own region
   */
  readonly provider?: TerraformProvider;
}

/**
 * A public TLS certificate, requested and logged in the public transparency logs. It is not waited for: ACM issues it when the records in
 * `validationRecords` exist, which another stack makes. A new one is always there before the old one goes.
 */
export class Certificate extends Construct {
  /** ARN of the certificate, which is not yet valid when Terraform has made it. */
  readonly certificateArn: string;

  /** The records that prove who owns the domains, one per domain; names and values are known after the request, also in other stacks. */
  readonly validationRecords: readonly ValidationRecord[];

  constructor(scope: Construct, id: string, props: CertificateProps) {
    super(scope, id);
    const { domainName, subjectAlternativeNames: others = [], keyAlgorithm = "RSA_2048", context, provider } = props;
    assertValid(this, certificateProblems(props));

    const certificate = new AcmCertificate(this, "certificate", {
      provider,
      domainName,
      subjectAlternativeNames: others.length > 0 ? [...others] : undefined,
      validationMethod: "DNS",
      keyAlgorithm,
      options: { certificateTransparencyLoggingPreference: "ENABLED" },
      lifecycle: { createBeforeDestroy: true },
      tags: { Name: nameOf(context.project, context.environment) }, // a tag holds no "*", so it is not the domain
    });
    this.certificateArn = certificate.arn;
    this.validationRecords = validationDomains(props).map(({ domain, requestedName }) => ({
      domain,
      name: this.validationOption(certificate, domain, "name", requestedName),
      type: "CNAME",
      value: this.validationOption(certificate, domain, "value", requestedName),
    }));
  }

  /**
   * One attribute of the option ACM lists under a name. The options are a set, so they are looked up by name, which is known when planning.
   * The local makes it a plain string for other stacks; they could not take the set apart, because what they read is marked sensitive.
   */
  private validationOption(certificate: AcmCertificate, domain: string, part: "name" | "value", name: string): string {
    const options = certificate.interpolationForAttribute("domain_validation_options");
    const byName = forExpression(
      options,
      propertyAccess(FOR_EXPRESSION_VALUE, [`resource_record_${part}`]),
      propertyAccess(FOR_EXPRESSION_VALUE, ["domain_name"]),
    );
    return new TerraformLocal(this, `${domain}-${part}`, propertyAccess(byName, [name])).asString;
  }
}
