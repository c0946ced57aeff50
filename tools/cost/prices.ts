/** A list price, in USD, of one unit in one region, as its source gave it. */
export interface Price {
  readonly item: string;
  /** What one of it is, such as `hour`. */
  readonly unit: string;
  readonly region: string;
  readonly usd: number;
  readonly source: string;
  /** When the source says so, as `2026-10-08` or `2026-10`; empty if it gives no date. */
  readonly date: string;
}

/** Hours a month is billed for, the same in every month. */
export const HOURS_PER_MONTH = 730;

type Row = readonly [item: string, unit: string, region: string, usd: number, date: string, source: string];

// On-demand list prices without tax, free tier or discount. Each was found in a public source and carries its date; one that was
// not found has no row, and the estimate says so.
// prettier-ignore
const ROWS: readonly Row[] = [
  ["EC2 t3.micro Linux", "hour", "us-east-1", 0.0104, "2026-07-20", "karpenter-provider-aws zz_generated.pricing_aws.go"],
  ["EC2 t3.micro Linux", "hour", "eu-west-3", 0.0118, "2026-09-23", "AWS Price List API"],
  ["EC2 t3.small Linux", "hour", "us-east-1", 0.0208, "2026-07-20", "karpenter-provider-aws zz_generated.pricing_aws.go"],
  ["EC2 t4g.micro Linux", "hour", "us-east-1", 0.0084, "2026-07-20", "karpenter-provider-aws zz_generated.pricing_aws.go"],
  ["EC2 t4g.micro Linux", "hour", "eu-west-3", 0.0094, "2026-10-08", "AWS bulk offer AmazonEC2 eu-west-3"],
  ["EC2 t4g.small Linux", "hour", "us-east-1", 0.0168, "2026-07-20", "karpenter-provider-aws zz_generated.pricing_aws.go"],
  ["EC2 t4g.small Linux", "hour", "eu-west-3", 0.0188, "2026-10-08", "AWS bulk offer AmazonEC2 eu-west-3"],
  ["EBS gp3", "GB-month", "us-east-1", 0.08, "2026-09", "AWS offer"],
  ["EBS gp3", "GB-month", "eu-west-3", 0.0928, "2026-10-08", "AWS bulk offer AmazonEC2 eu-west-3"],
  ["Public IPv4 address", "hour", "us-east-1", 0.005, "2026-09", "AWS offer"],
  ["Public IPv4 address", "hour", "eu-west-3", 0.005, "2026-09-17", "AWS bulk offer AmazonVPC eu-west-3"],
  ["RDS MySQL db.t3.micro Single-AZ", "hour", "us-east-1", 0.017, "2026-10-08", "Infracost pricing API products"],
  ["RDS PostgreSQL db.t3.micro Single-AZ", "hour", "us-east-1", 0.018, "2026-10-08", "Infracost pricing API products"],
  ["RDS PostgreSQL db.t4g.micro Single-AZ", "hour", "us-east-1", 0.016, "2026-10", "approximate in its source"],
  ["RDS PostgreSQL db.t4g.micro Single-AZ", "hour", "eu-west-3", 0.018, "2026-10-06", "AWS bulk offer AmazonRDS eu-west-3"],
  ["RDS gp3 storage Single-AZ", "GB-month", "us-east-1", 0.115, "2026-10-08", "Infracost pricing API products"],
  ["RDS gp3 storage Single-AZ", "GB-month", "eu-west-3", 0.133, "2026-10-06", "AWS bulk offer AmazonRDS eu-west-3"],
  ["RDS backup storage beyond the free size", "GB-month", "us-east-1", 0.095, "2026-10-08", "Infracost pricing API products"],
  ["RDS backup storage beyond the free size", "GB-month", "eu-west-3", 0.1, "2026-10-06", "AWS bulk offer AmazonRDS eu-west-3"],
  ["Aurora PostgreSQL db.r6g.large", "hour", "us-east-1", 0.26, "2026-03-18", "AmazonRDS offer"],
  ["RDS MySQL db.r6g.large Single-AZ", "hour", "us-east-1", 0.215, "2026-03-18", "AmazonRDS offer"],
  ["RDS PostgreSQL db.r6g.large Single-AZ", "hour", "us-east-1", 0.225, "2026-03-18", "AmazonRDS offer"],
  ["Aurora Serverless v2", "ACU-hour", "us-east-1", 0.12, "2025-03-05", "infracost rds_cluster_instance golden"],
  ["ElastiCache Redis OSS cache.t3.micro", "hour", "us-east-1", 0.017, "2026-10-02", "AmazonElastiCache price list"],
  ["ElastiCache Redis OSS cache.t4g.micro", "hour", "us-east-1", 0.016, "2026-10-02", "AmazonElastiCache price list"],
  ["ElastiCache Valkey cache.t4g.micro", "hour", "us-east-1", 0.0128, "2026-10-02", "AmazonElastiCache price list"],
  ["Fargate Linux x86", "vCPU-hour", "us-east-1", 0.04048, "2026-09-11", "AmazonECS offer"],
  ["Fargate Linux x86", "vCPU-hour", "eu-west-3", 0.0486, "2026-09-29", "AmazonECS offer"],
  ["Fargate Linux x86", "GB-hour", "us-east-1", 0.004445, "2026-09-11", "AmazonECS offer"],
  ["Fargate Linux x86", "GB-hour", "eu-west-3", 0.0053, "2026-09-29", "AmazonECS offer"],
  ["Fargate Linux ARM", "vCPU-hour", "us-east-1", 0.03238, "2026-09-11", "AmazonECS offer"],
  ["Fargate Linux ARM", "GB-hour", "us-east-1", 0.00356, "2026-09-11", "AmazonECS offer"],
  ["Fargate Spot x86", "vCPU-hour", "us-east-1", 0.01288871, "2026-09-28", "Fargate Spot feed"],
  ["Fargate Spot x86", "GB-hour", "us-east-1", 0.00141527, "2026-09-28", "Fargate Spot feed"],
  ["Application Load Balancer", "hour", "us-east-1", 0.0225, "2026-10-08", "infracost lb golden; Infracost pricing API"],
  ["Application Load Balancer", "hour", "eu-west-3", 0.02646, "2026-09-11", "AWS bulk offer AWSELB eu-west-3"],
  ["Application Load Balancer", "LCU-hour", "us-east-1", 0.008, "2026-10-08", "infracost lb golden; Infracost pricing API"],
  ["Application Load Balancer", "LCU-hour", "eu-west-3", 0.0084, "2026-09-11", "AWS bulk offer AWSELB eu-west-3"],
  ["NAT gateway", "hour", "us-east-1", 0.045, "", "infracost nat_gateway golden"],
  ["NAT gateway", "hour", "eu-west-3", 0.05, "2026-10-08", "AWS bulk offer AmazonEC2 eu-west-3"],
  ["NAT gateway", "GB", "us-east-1", 0.045, "", "infracost nat_gateway golden"],
  ["NAT gateway", "GB", "eu-west-3", 0.05, "2026-10-08", "AWS bulk offer AmazonEC2 eu-west-3"],
  ["Interface VPC endpoint per zone", "hour", "us-east-1", 0.01, "2026-08-21", "AmazonVPC price list"],
  ["Interface VPC endpoint per zone", "hour", "eu-west-3", 0.011, "2026-08-21", "AmazonVPC price list"],
  ["Interface VPC endpoint", "GB", "us-east-1", 0.01, "2026-08-21", "AmazonVPC price list"],
  ["Interface VPC endpoint", "GB", "eu-west-3", 0.01, "2026-08-21", "AmazonVPC price list"],
  ["App Runner", "vCPU-hour", "us-east-1", 0.064, "", "audit of AWSAppRunner SKUs"],
  ["App Runner", "GB-hour", "us-east-1", 0.007, "", "audit of AWSAppRunner SKUs"],
  ["ECR storage", "GB-month", "us-east-1", 0.1, "", "infracost ecr golden"],
  ["ECR storage", "GB-month", "eu-west-3", 0.1, "2026-09-08", "price table"],
  ["S3 Standard first tier", "GB-month", "us-east-1", 0.023, "2026-10-08", "Infracost pricing API products"],
  ["S3 Standard first tier", "GB-month", "eu-west-3", 0.024, "2026-09-28", "AWS bulk offer AmazonS3 eu-west-3"],
  ["S3 PUT", "1000 requests", "us-east-1", 0.005, "2026-10-08", "Infracost pricing API products"],
  ["S3 PUT", "1000 requests", "eu-west-3", 0.0053, "2026-09-28", "AWS bulk offer AmazonS3 eu-west-3"],
  ["S3 GET", "1000 requests", "us-east-1", 0.0004, "2026-10-08", "Infracost pricing API products"],
  ["S3 GET", "1000 requests", "eu-west-3", 0.00042, "2026-09-28", "AWS bulk offer AmazonS3 eu-west-3"],
  ["CloudFront transfer out (US and EU edges)", "GB", "us-east-1", 0.085, "2026-10-08", "Infracost pricing API products"],
  ["CloudFront transfer out (US and EU edges)", "GB", "eu-west-3", 0.085, "2026-10-03", "AWS bulk offer AmazonCloudFront"],
  ["CloudFront HTTPS requests", "10000 requests", "us-east-1", 0.01, "2026-10-08", "Infracost pricing API products"],
  ["CloudFront HTTPS requests", "10000 requests", "eu-west-3", 0.012, "2026-10-03", "AWS bulk offer AmazonCloudFront"],
  ["Secrets Manager secret", "month", "us-east-1", 0.4, "", "infracost golden"],
  ["Secrets Manager secret", "month", "eu-west-3", 0.4, "2026-09-11", "AWS bulk offer AWSSecretsManager eu-west-3"],
  ["Secrets Manager", "10000 calls", "us-east-1", 0.05, "", "infracost golden"],
  ["CloudWatch Logs ingestion", "GB", "us-east-1", 0.5, "", "infracost golden"],
  ["CloudWatch Logs ingestion", "GB", "eu-west-3", 0.5985, "2026-10-07", "AWS bulk offer AmazonCloudWatch eu-west-3"],
  ["CloudWatch Logs storage", "GB-month", "us-east-1", 0.03, "", "infracost golden"],
  ["CloudWatch Logs storage", "GB-month", "eu-west-3", 0.0315, "2026-10-07", "AWS bulk offer AmazonCloudWatch eu-west-3"],
  ["CloudWatch alarm", "month", "eu-west-3", 0.1, "2026-10-07", "AWS bulk offer AmazonCloudWatch eu-west-3"],
  ["KMS key", "month", "us-east-1", 1, "", "infracost kms_key golden"],
  ["KMS", "10000 requests", "us-east-1", 0.03, "", "infracost kms_key golden"],
  ["Route 53 hosted zone", "month", "us-east-1", 0.5, "", "infracost golden"],
  ["Route 53 hosted zone", "month", "eu-west-3", 0.5, "2026-09-11", "AWS bulk offer AmazonRoute53"],
  ["Route 53", "1000000 queries", "us-east-1", 0.4, "", "infracost golden"],
  ["Route 53", "1000000 queries", "eu-west-3", 0.4, "2026-09-11", "AWS bulk offer AmazonRoute53"],
  ["Data transfer out to the internet after 100 GB free", "GB", "us-east-1", 0.09, "2026-09", "AWS offer"],
  ["Data transfer out to the internet after 100 GB free", "GB", "eu-west-3", 0.09, "2026-10", "AWS bulk offer eu-west-3"],
];

/** Every price there is. */
export const PRICES: readonly Price[] = ROWS.map(([item, unit, region, usd, date, source]) => ({
  item,
  unit,
  region,
  usd,
  source,
  date,
}));

/** The price of an item in a region, or undefined if the data holds none: the price of another region is no answer. */
export function priceOf(item: string, unit: string, region: string): Price | undefined {
  return PRICES.find((price) => price.item === item && price.unit === unit && price.region === region);
}
