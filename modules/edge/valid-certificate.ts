import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { Construct } from "constructs";
import { Certificate, type CertificateProps } from "./certificate";

/**
 * A certificate that is waited for, where the records which prove who owns the domains exist already. ACM asks for the same record whenever the same
 * account requests a certificate for the same domain, in whatever region. Source: ACM user guide, DNS validation, read in 2026-11.
 */
export class ValidCertificate extends Construct {
  /** ARN of the certificate, once it is issued. */
  readonly certificateArn: string;

  constructor(scope: Construct, id: string, props: CertificateProps) {
    super(scope, id);
    const { certificateArn } = new Certificate(this, "request", props);
    this.certificateArn = new AcmCertificateValidation(this, "validation", {
      provider: props.provider,
      certificateArn,
      timeouts: { create: "30m" }, // the records are there before; what takes longer than that is wrong
    }).certificateArn;
  }
}
