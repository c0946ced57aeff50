/** The IAM statement that lets a role sign in to a cache as its user. */
export interface ConnectStatement {
  /** What it is for. */
  readonly Sid: string;

  /** It only ever allows. */
  readonly Effect: "Allow";

  /** The one action. */
  readonly Action: readonly string[];

  /** The cache and its user. */
  readonly Resource: readonly string[];
}

/** Signing in takes the right on both the cache and the user. */
export function connectStatement(cacheArn: string, userArn: string): ConnectStatement {
  return { Sid: "ConnectToCache", Effect: "Allow", Action: ["elasticache:Connect"], Resource: [cacheArn, userArn] };
}
