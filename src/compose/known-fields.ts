/**
 * What may stand in a field: `text`, `number` (or a text that says one), `flag`, `list`, `map`, `any`, `command`, and
 * several of them with |. Source: https://docs.docker.com/reference/compose-file/
 */
export type FieldTable = Readonly<Record<string, string>>;

/** One kind of field for many names. */
function each(kind: string, names: string): Record<string, string> {
  return Object.fromEntries(names.split(" ").map((name) => [name, kind]));
}

export const TOP: FieldTable = {
  ...each("text", "name version"),
  ...each("map", "services networks volumes secrets configs models"),
  include: "list",
};

export const SERVICE: FieldTable = {
  ...each(
    "text",
    "cgroup cgroup_parent container_name cpuset domainname hostname image ipc isolation mac_address network_mode pid platform pull_policy pull_refresh_after restart runtime stop_grace_period stop_signal user userns_mode uts working_dir",
  ),
  ...each(
    "number",
    "cpu_count cpu_percent cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares cpus mem_limit mem_reservation mem_swappiness memswap_limit oom_score_adj pids_limit scale shm_size",
  ),
  ...each("flag", "attach init oom_kill_disable privileged read_only stdin_open tty use_api_socket"),
  ...each(
    "list",
    "cap_add cap_drop configs device_cgroup_rules devices dns_opt expose external_links group_add links ports post_start pre_stop profiles secrets security_opt volumes volumes_from",
  ),
  ...each(
    "map",
    "blkio_config credential_spec deploy develop healthcheck logging provider storage_opt ulimits",
  ),
  ...each("list|map", "annotations depends_on environment extra_hosts labels networks sysctls"),
  ...each("text|list", "dns dns_search env_file label_file tmpfs"),
  ...each("command", "command entrypoint"),
  ...each("text|map", "build extends"),
  ...each("any", "gpus models"),
};

export const BUILD: FieldTable = {
  ...each("text", "context dockerfile dockerfile_inline isolation network target"),
  ...each("flag", "no_cache privileged pull"),
  ...each("list", "cache_from cache_to entitlements no_cache_filter platforms secrets tags"),
  ...each("list|map", "additional_contexts args extra_hosts labels ssh"),
  ...each("any", "provenance sbom shm_size ulimits"),
};

export const HEALTHCHECK: FieldTable = {
  ...each("text", "interval start_interval start_period timeout"),
  disable: "flag",
  retries: "number",
  test: "text|list",
};

export const DEPLOY: FieldTable = {
  ...each("text", "endpoint_mode mode"),
  ...each("map", "placement resources restart_policy rollback_config update_config"),
  labels: "list|map",
  replicas: "number",
};

export const PORT: FieldTable = {
  ...each("text", "app_protocol host_ip mode name protocol"),
  ...each("number", "published target"),
};

export const VOLUME: FieldTable = {
  ...each("text", "driver name"),
  driver_opts: "map",
  external: "any",
  labels: "list|map",
};

export const NETWORK: FieldTable = {
  ...VOLUME,
  ...each("flag", "attachable enable_ipv4 enable_ipv6 internal"),
  ipam: "map",
};
