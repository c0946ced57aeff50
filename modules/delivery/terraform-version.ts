/**
 * The version of Terraform, exact, that plans and applies: what the workflows install, and what a workspace in Terraform Cloud is set to, so that a
 * plan is never read by another version than the one that made it. Write-only values need 1.11.
 */
export const TERRAFORM_VERSION = "1.11.4";
