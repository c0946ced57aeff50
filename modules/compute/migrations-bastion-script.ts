import { envFileKey } from "../storage/env-file";
import { IMAGE_TAG_PATTERN, VERSION_PATTERN } from "./docker-host-script";
import { fileFromScript } from "./session-host-shell";

/** What a migration can be told to do, in the words of the application's migration tool. */
export const MIGRATION_COMMANDS = ["migrate", "migrate:down", "migrate:status"] as const;

/** Whom the env file of migrations is for, as in its key. */
export const MIGRATIONS_ENV_FILE = "migrations";

/** What a migration script is made from. */
export interface MigrateScriptPlace {
  /** AWS region. */
  readonly region: string;

  /** Image reference without its tag. */
  readonly repositoryUrl: string;

  /** Name of an environment's parameter without the environment at its end. */
  readonly targetParameters: string;

  /** Log group of the containers. */
  readonly logGroup: string;

  /**
   * Bucket of the env files.
   * @default - a migration gets no env file
   */
  readonly envFileBucketName?: string;

  /**
   * Folder in memory, for what is secret.
   * @default "/run"
   */
  readonly memoryFolder?: string;
}

/**
 * Runs one migration in a container that is gone afterwards: `migrate <environment> <command> <image tag> [env file version]`. The database's
 * address and secret are those the environment's own stack wrote down. Nothing secret is printed or stands on a command line.
 */
export function migrateScript(place: MigrateScriptPlace): string {
  const { memoryFolder = "/run", envFileBucketName } = place;
  const [registryHost = ""] = place.repositoryUrl.split("/");
  return `#!/bin/bash
# Runs one migration. Usage: migrate <environment> <command> <image tag>${envFileBucketName === undefined ? "" : " <env file version>"}
set -euo pipefail
umask 077
export HOME="\${HOME:-/root}" AWS_PAGER="" AWS_REGION=${place.region} AWS_DEFAULT_REGION=${place.region}
environment="$1" command="$2" image_tag="$3" env_version="\${4:-}"

fail() { echo "migrate: $*" >&2; exit 1; }

touch ${memoryFolder}/last-used
exec 9> "${memoryFolder}/migrate-$environment.lock"
flock --nonblock 9 || fail "another migration of $environment is running"

work="$(mktemp -d ${memoryFolder}/migrate.XXXXXX)"
trap 'rm -rf "$work"; touch ${memoryFolder}/last-used' EXIT
export TMPDIR="$work" DOCKER_CONFIG="$work"
echo '{"credHelpers":{"${registryHost}":"ecr-login"}}' > "$work/config.json"

[[ $image_tag =~ ^${IMAGE_TAG_PATTERN}$ && $image_tag != latest ]] || fail "the image tag must be a fixed version, got \\"$image_tag\\""
target="$(aws ssm get-parameter --name "${place.targetParameters}$environment" --query Parameter.Value --output text)" \\
  || fail "$environment has no database that this host knows of"
of_target() { printf '%s' "$target" | jq --exit-status --raw-output --arg field "$1" '.[$field]'; }
DATABASE_HOST="$(of_target host)" DATABASE_PORT="$(of_target port)" DATABASE_NAME="$(of_target databaseName)"
secret="$(aws secretsmanager get-secret-value --secret-id "$(of_target secretArn)" --query SecretString --output text)" \\
  || fail "the secret of the database of $environment cannot be read"
DATABASE_USER="$(printf '%s' "$secret" | jq --exit-status --raw-output .username)"
DATABASE_PASSWORD="$(printf '%s' "$secret" | jq --exit-status --raw-output .password)"
export DATABASE_HOST DATABASE_PORT DATABASE_NAME DATABASE_USER DATABASE_PASSWORD

env_file="$work/env"
: > "$env_file"
${envFileBucketName === undefined ? "" : fetchEnvFile(envFileBucketName)}image="${place.repositoryUrl}:$image_tag"
docker pull --quiet "$image" > /dev/null || fail "image $image cannot be pulled; nothing was migrated"
docker run --rm --name "migrate-$environment" \\
  --security-opt no-new-privileges --cap-drop ALL --init \\
  --log-driver awslogs --log-opt awslogs-region=${place.region} --log-opt awslogs-group=${place.logGroup} \\
  --log-opt "awslogs-stream=$environment/$image_tag" \\
  --env-file "$env_file" --env ENVIRONMENT="$environment" --env COMMAND="$command" \\
  --env DATABASE_HOST --env DATABASE_PORT --env DATABASE_NAME --env DATABASE_USER --env DATABASE_PASSWORD \\
  "$image" || fail "$command of $environment failed, see above"
docker image prune --all --force > /dev/null
echo "migrate: $command of $environment with $image_tag is done"
`;
}

function fetchEnvFile(bucketName: string): string {
  const key = envFileKey(MIGRATIONS_ENV_FILE, "$env_version");
  return `[[ $env_version =~ ^${VERSION_PATTERN}$ ]] || fail "the env file version must be like v1.2.3, got \\"$env_version\\""
aws s3 cp --only-show-errors "s3://${bucketName}/${key}" "$env_file" \\
  || fail "env file ${key} cannot be read; upload that version first. Nothing was migrated"
`;
}

/** What the document of an environment runs: it brings the script to the host and starts it with the document's parameters. */
export function migrateCommand(script: string, environment: string, parameters: readonly string[]): string {
  const path = "/usr/local/sbin/migrate";
  return `set -eu
cloud-init status --wait > /dev/null 2>&1 || true
command -v docker > /dev/null || { echo "Docker is not installed; see /var/log/cloud-init-output.log" >&2; exit 1; }
${fileFromScript(path, "0700", script, "END_OF_MIGRATE_SCRIPT")}
${[path, environment, ...parameters.map((parameter) => `'{{ ${parameter} }}'`)].join(" ")}
`;
}

/** Stops the instance once nobody has used it for a while; a container, a command or a session is use. */
export function idleScript(idleMinutes: number, memoryFolder = "/run"): string {
  return `#!/bin/bash
set -euo pipefail
last=${memoryFolder}/last-used
if [ ! -e "$last" ] || [ -n "$(docker ps --quiet)" ] || pgrep -f 'ssm-(session|document)-worker' > /dev/null; then
  touch "$last"
  exit 0
fi
idle=$(($(date +%s) - $(stat --format %Y "$last")))
[ "$idle" -lt ${idleMinutes * 60} ] || systemctl poweroff
`;
}

/** What the first boot does so that the instance stops itself when idle. */
export function idleFirstBoot(idleMinutes: number): string {
  const service = `[Unit]
Description=Stop the instance when nobody uses it

[Service]
Type=oneshot
ExecStart=/usr/local/sbin/stop-when-idle
`;
  const timer = `[Unit]
Description=Look every minute whether somebody uses the instance

[Timer]
OnBootSec=60
OnUnitActiveSec=60

[Install]
WantedBy=timers.target
`;
  return `${fileFromScript("/usr/local/sbin/stop-when-idle", "0755", idleScript(idleMinutes), "END_OF_IDLE_SCRIPT")}
${fileFromScript("/etc/systemd/system/stop-when-idle.service", "0644", service, "END_OF_UNIT")}
${fileFromScript("/etc/systemd/system/stop-when-idle.timer", "0644", timer, "END_OF_UNIT")}
systemctl daemon-reload
systemctl enable --now stop-when-idle.timer`;
}
