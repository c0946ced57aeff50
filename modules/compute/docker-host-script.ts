import { redisSidecar } from "../cache/redis-sidecar-settings";
import { ENV_FILE_VERSION, envFileKey } from "../storage/env-file";
import type { DockerHostValues } from "./docker-host-settings";
import { fileFromScript, shellQuoted } from "./session-host-shell";

/** Where a secret's value is read on the host. */
export type HostSecret =
  { readonly secretId: string; readonly key: string | undefined } | { readonly parameterName: string };

/** What a deploy script is made from; all of it may be read by anyone. */
export interface DeployScriptPlace {
  /** Name of the service. */
  readonly name: string;

  /** AWS region. */
  readonly region: string;

  /** Image reference without its tag. */
  readonly repositoryUrl: string;

  /** Where each secret variable comes from. */
  readonly secrets: Readonly<Record<string, HostSecret>>;

  /** Parameter that holds the image tag in service. */
  readonly imageTagParameter: string;

  /** Parameter that holds the version of the env file in service. */
  readonly envFileVersionParameter: string;

  /**
   * Bucket of the env file, and whom it is for.
   * @default - no env file
   */
  readonly envFile?: { readonly bucketName: string; readonly name: string };

  /** Log group of the containers. */
  readonly logGroup: string;

  /**
   * Folder in memory, for what is secret.
   * @default "/run"
   */
  readonly memoryFolder?: string;

  /**
   * Folder on disk, for what outlives a start.
   * @default "/var/lib"
   */
  readonly stateFolder?: string;
}

/** The proxy that terminates TLS; its version changes with this project's. */
const CADDY = "public.ecr.aws/docker/library/caddy:2.10.2-alpine";

/** What a tag may be. Source: Amazon ECR API reference, PutImage, read in 2026-11. */
export const IMAGE_TAG_PATTERN = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}";

/** What a version of an env file may be, as a pattern without its anchors. */
export const VERSION_PATTERN = ENV_FILE_VERSION.source.slice(1, -1).replaceAll("\\d", "[0-9]").replaceAll("\\.", "[.]");

/**
 * The one script that brings a version into service: `deploy-<name> [image tag] [env file version]`, each as recorded when left out.
 * Whatever can fail does so while the old container still answers; only a new one that is well takes over. Nothing secret is printed,
 * stands on a command line, or is kept in a file for longer than the script runs. It contains no double braces, which Systems Manager
 * would take for its own.
 */
export function deployScript(values: DockerHostValues, place: DeployScriptPlace): string {
  const { name, memoryFolder = "/run", stateFolder = "/var/lib" } = place;
  const [registryHost = ""] = place.repositoryUrl.split("/");
  const { envFile } = place;
  return `#!/bin/bash
# Brings a version of ${name} into service. Usage: deploy-${name} [image tag] [env file version]; what is left out stays as it is.
set -euo pipefail
umask 077
script_sum="$(sha256sum < "$0")"
export HOME="\${HOME:-/root}" AWS_PAGER="" AWS_REGION=${place.region} AWS_DEFAULT_REGION=${place.region}

say() { echo "deploy: $*"; }
fail() { echo "deploy: $*" >&2; exit 1; }

state=${stateFolder}/${name}
mkdir -p "$state/docker" "$state/caddy"
exec 9> "$state/lock"
flock --wait 900 9 || fail "another deploy has been running for 15 minutes; look at it before you try again"

work="$(mktemp -d ${memoryFolder}/deploy-${name}.XXXXXX)"
trap 'rm -rf "$work"' EXIT
mkdir "$work/secrets"
export TMPDIR="$work" DOCKER_CONFIG="$state/docker"
echo '{"credHelpers":{"${registryHost}":"ecr-login"}}' > "$DOCKER_CONFIG/config.json"

# --- which versions ---------------------------------------------------------------------------------------------------------------
recorded() { aws ssm get-parameter --name "$1" --query Parameter.Value --output text; }
record() { aws ssm put-parameter --name "$1" --value "$2" --type String --overwrite > /dev/null; }

recorded_tag="$(recorded ${place.imageTagParameter})"
image_tag="\${1:-$recorded_tag}"
[[ $image_tag =~ ^${IMAGE_TAG_PATTERN}$ && $image_tag != latest ]] || fail "the image tag must be a fixed version, got \\"$image_tag\\""
image=${shellQuoted(`${place.repositoryUrl}:`)}"$image_tag"
${envFile === undefined ? "" : envFileVersion(place.envFileVersionParameter)}
# --- what it runs with ------------------------------------------------------------------------------------------------------------
env_file="$work/env"
: > "$env_file"
${envFile === undefined ? "" : fetchEnvFile(envFile)}${secretLines(place)}
docker pull --quiet "$image" > /dev/null || fail "image $image cannot be pulled; what runs goes on"
image_id="$(docker image inspect "$image" | jq --raw-output '.[0].Id')"

# --- containers -------------------------------------------------------------------------------------------------------------------
network=${name}
docker network inspect "$network" > /dev/null 2>&1 || docker network create "$network" > /dev/null

running() { docker inspect "$1" 2> /dev/null | jq --exit-status '.[0].State.Running' > /dev/null; }
labelled() { docker inspect "$1" 2> /dev/null | jq --exit-status --arg sum "$2" '.[0].Config.Labels["deploy.sum"] == $sum' > /dev/null; }
${wellFunctions(values)}
${redisLines(values, place)}
start() {
  docker rm --force "$1" > /dev/null 2>&1 || true
  (
${Object.keys(place.secrets)
  .map((variable) => `    ${variable}="$(< "$work/secrets/${variable}")"; export ${variable}\n`)
  .join("")}    docker run ${continued(runArguments(values, place))} > /dev/null
  )
}

live="$(cat "$state/live" 2> /dev/null || true)"
sum="$({ echo "$script_sum $image_id"; cat "$env_file"; cd "$work/secrets"; for file in *; do [ ! -f "$file" ] || { echo "$file"; cat "$file"; }; done; } | sha256sum | cut -c 1-64)"
if [ -n "$live" ] && running "$live" && labelled "$live" "$sum" && answers "$live"; then
  say "$image_tag is in service already"
  next="$live"
else
  next=${name}-a
  [ "$live" != ${name}-a ] || next=${name}-b
  say "starting $image_tag as $next"
  if ! start "$next" || ! becomes_well "$next"; then
    docker logs --tail 50 "$next" 2>&1 | sed 's/^/  | /' >&2 || true
    docker rm --force "$next" > /dev/null 2>&1 || true
    fail "$image_tag did not become well; \${live:-nothing} stays in service"
  fi
fi

# --- into service -----------------------------------------------------------------------------------------------------------------
${proxyLines(values, place)}docker update --restart unless-stopped "$next" > /dev/null
echo "$next" > "$state/live.new"
mv -f "$state/live.new" "$state/live"
for other in ${name}-a ${name}-b; do
  [ "$other" = "$next" ] || ! docker inspect "$other" > /dev/null 2>&1 || { docker stop --time ${values.stopTimeoutSeconds} "$other" > /dev/null; docker rm --force "$other" > /dev/null; }
done
[ "$image_tag" = "$recorded_tag" ] || record ${place.imageTagParameter} "$image_tag"
${envFile === undefined ? "" : `[ "$env_version" = "$recorded_version" ] || record ${place.envFileVersionParameter} "$env_version"\n`}docker image prune --all --force > /dev/null
say "$image_tag is in service"
`;
}

function envFileVersion(parameter: string): string {
  return `recorded_version="$(recorded ${parameter})"
env_version="\${2:-$recorded_version}"
[[ $env_version =~ ^${VERSION_PATTERN}$ ]] || fail "the env file version must be like v1.2.3, got \\"$env_version\\""
`;
}

function fetchEnvFile({ bucketName, name }: { readonly bucketName: string; readonly name: string }): string {
  return `aws s3 cp --only-show-errors "s3://${bucketName}/${envFileKey(name, "$env_version")}" "$env_file" \\
  || fail "env file ${envFileKey(name, "$env_version")} cannot be read; upload that version first. What runs goes on"
`;
}

function secretLines({ secrets }: DeployScriptPlace): string {
  if (Object.keys(secrets).length === 0) return "";
  const each = Object.entries(secrets).map(([variable, secret]) =>
    "parameterName" in secret
      ? `parameter ${variable} ${shellQuoted(secret.parameterName)}`
      : [
          "secret",
          variable,
          shellQuoted(secret.secretId),
          ...(secret.key === undefined ? [] : [shellQuoted(secret.key)]),
        ].join(" "),
  );
  return `secret() { # variable, secret, field
  local value
  value="$(aws secretsmanager get-secret-value --secret-id "$2" --query SecretString --output text)" || fail "the secret of $1 cannot be read"
  if [ $# -gt 2 ]; then
    value="$(printf '%s' "$value" | jq --exit-status --raw-output --arg field "$3" '.[$field]')" || fail "the secret of $1 has no field $3"
  fi
  printf '%s' "$value" > "$work/secrets/$1"
}
parameter() { # variable, parameter
  local value
  value="$(aws ssm get-parameter --name "$2" --with-decryption --query Parameter.Value --output text)" || fail "the parameter of $1 cannot be read"
  printf '%s' "$value" > "$work/secrets/$1"
}
${each.join("\n")}
`;
}

function wellFunctions({ port, healthCheck }: DockerHostValues): string {
  if (port === undefined) {
    return `answers() { running "$1"; }
becomes_well() {
  sleep 10
  running "$1"
}`;
  }
  const { path, intervalSeconds, timeoutSeconds, retries } = healthCheck;
  return `address() { docker inspect "$1" | jq --raw-output --arg network "$network" '.[0].NetworkSettings.Networks[$network].IPAddress'; }
answers() { curl --fail --silent --output /dev/null --max-time ${timeoutSeconds} "http://$(address "$1"):${port}${path}"; }
becomes_well() {
  local try
  for ((try = 1; try <= ${retries}; try++)); do
    running "$1" || { say "$1 has stopped"; return 1; }
    ! answers "$1" || return 0
    sleep ${intervalSeconds}
  done
  say "$1 did not answer http://:${port}${path} in ${retries} tries"
  return 1
}`;
}

/** What every container is started with. */
function hardened({ region, logGroup }: DeployScriptPlace, stream: string): string[] {
  return [
    "--network $network",
    "--security-opt no-new-privileges",
    "--cap-drop ALL",
    "--log-driver awslogs",
    `--log-opt awslogs-region=${region}`,
    `--log-opt awslogs-group=${logGroup}`,
    `--log-opt awslogs-stream=${stream}`,
    "--log-opt mode=non-blocking", // while CloudWatch is slow the application goes on
    "--log-opt max-buffer-size=25m",
  ];
}

function runArguments(values: DockerHostValues, place: DeployScriptPlace): string[] {
  const { writableMiB } = values;
  const tmpfs = values.writablePaths.map(
    (path) => `--tmpfs ${path}:rw,nosuid,nodev,noexec,mode=1777,size=${writableMiB}m`,
  );
  return [
    "--detach",
    '--name "$1"',
    '--label deploy.sum="$sum"',
    ...hardened(place, `${place.name}/$image_tag`),
    "--init",
    `--user ${values.user}`,
    ...(values.readOnlyRootFilesystem ? ["--read-only", ...tmpfs] : []),
    `--stop-timeout ${values.stopTimeoutSeconds}`,
    '--env-file "$env_file"',
    ...sorted(values.environment).map(([variable, value]) => `--env ${shellQuoted(`${variable}=${value}`)}`),
    ...Object.keys(place.secrets).map((variable) => `--env ${variable}`), // its value is in the environment of the client
    '"$image"',
    ...(values.command ?? []).map(shellQuoted),
  ];
}

/** A container beside the application's, started again only when its definition changes. */
function beside(name: string, run: readonly string[]): string {
  return `run_${name}() {
  docker rm --force ${name} > /dev/null 2>&1 || true
  docker run ${continued(["--detach", `--name ${name}`, '--label deploy.sum="$1"', "--restart unless-stopped", ...run])} > /dev/null
}
${name}_sum="$(declare -f run_${name} | sha256sum | cut -c 1-64)"`;
}

function redisLines({ redis }: DockerHostValues, place: DeployScriptPlace): string {
  if (redis === undefined) return "";
  const { image, command = [], user = "", memoryMiB } = redisSidecar(redis);
  const run = beside("redis", [
    ...hardened(place, `${place.name}/redis`),
    "--read-only",
    `--user ${user}`,
    `--memory ${memoryMiB}m`,
    "uri" in image ? image.uri : "",
    // a container of a task is reached on localhost, one of this network by its name
    ...command.map((word) => (word === "127.0.0.1" ? "0.0.0.0" : shellQuoted(word))),
    "--protected-mode no",
  ]);
  return `${run}
{ running redis && labelled redis "$redis_sum"; } || run_redis "$redis_sum"
`;
}

function proxyLines({ hosts, port, stopTimeoutSeconds }: DockerHostValues, place: DeployScriptPlace): string {
  if (hosts.length === 0 || port === undefined) return "";
  const run = beside("caddy", [
    ...hardened(place, `${place.name}/caddy`),
    "--cap-add NET_BIND_SERVICE",
    "--read-only",
    "--publish 80:80",
    "--publish 443:443",
    '--volume "$state/caddy:/etc/caddy:ro"',
    "--volume caddy-data:/data", // certificates outlive the container
    "--tmpfs /config",
    CADDY,
  ]);
  return `${run}
caddyfile="$state/caddy/Caddyfile"
[ ! -f "$caddyfile" ] || cp -f "$caddyfile" "$state/caddy/Caddyfile.before"
cat > "$caddyfile.new" <<END_OF_CADDYFILE
{
	grace_period ${stopTimeoutSeconds}s
}
${hosts.join(", ")} {
	header Strict-Transport-Security max-age=31536000
	reverse_proxy $next:${port} {
		lb_try_duration 5s
	}
}
END_OF_CADDYFILE
mv -f "$caddyfile.new" "$caddyfile"
lead() {
  if running caddy && labelled caddy "$caddy_sum"; then
    docker exec caddy caddy reload --config /etc/caddy/Caddyfile > /dev/null
  else
    docker pull --quiet ${CADDY} > /dev/null && run_caddy "$caddy_sum"
  fi
}
if ! lead; then
  [ ! -f "$state/caddy/Caddyfile.before" ] || mv -f "$state/caddy/Caddyfile.before" "$caddyfile"
  [ "$next" = "$live" ] || docker rm --force "$next" > /dev/null 2>&1 || true
  fail "the proxy did not take $next; \${live:-nothing} stays in service"
fi
`;
}

/** Entries by name in code-unit order, the same on every machine. */
function sorted(values: Readonly<Record<string, string>>): Array<[string, string]> {
  return Object.entries(values).sort(([left], [right]) => (left < right ? -1 : 1));
}

function continued(words: readonly string[]): string {
  return words.join(" \\\n      ");
}

/**
 * What the document of Systems Manager runs: it brings the script to the host, where it also runs at every start of the instance, and then
 * runs it. So a changed script or a changed setting is a changed document, and no other instance.
 */
export function installScript(name: string, script: string, parameters: readonly string[]): string {
  const path = `/usr/local/sbin/deploy-${name}`;
  const unit = `[Unit]
Description=Container of ${name}, with the versions recorded for it
Wants=network-online.target
After=network-online.target docker.service
Requires=docker.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=${path}
Restart=on-failure
RestartSec=60

[Install]
WantedBy=multi-user.target
`;
  return `set -eu
cloud-init status --wait > /dev/null 2>&1 || true
command -v docker > /dev/null || { echo "Docker is not installed; see /var/log/cloud-init-output.log" >&2; exit 1; }
${fileFromScript(path, "0700", script, "END_OF_DEPLOY_SCRIPT")}
${fileFromScript(`/etc/systemd/system/deploy-${name}.service`, "0644", unit, "END_OF_UNIT")}
systemctl daemon-reload
systemctl enable --quiet deploy-${name}.service
${[path, ...parameters.map((parameter) => `'{{ ${parameter} }}'`)].join(" ")}
`;
}
