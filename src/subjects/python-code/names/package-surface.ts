/**
 * What the packages of the course offer, listed once by `dir()`: redis 8.1.0 and hotqueue 0.2.8, under Python 3.11.
 * Older releases of redis have no others that the course uses.
 */
const list = (names: string): ReadonlySet<string> => new Set(names.split(/\s+/).filter(Boolean));

/** Methods and attributes of `redis.Redis`. */
export const REDIS_METHODS = list(`
    acl_cat acl_deluser acl_dryrun acl_genpass acl_getuser acl_help acl_list acl_load acl_log acl_log_reset
    acl_save acl_setuser acl_users acl_whoami append arcount ardel ardelrange arget argetrange argrep arinfo
    arinsert arlastitems arlen armget armset arnext arop arring arscan arseek arset auth bf bgrewriteaof bgsave
    bitcount bitfield bitfield_ro bitop bitpos blmove blmovem blmpop blpop brpop brpoplpush bzmpop bzpopmax
    bzpopmin cf client client_getname client_getredir client_id client_info client_kill client_kill_filter
    client_list client_no_evict client_no_touch client_pause client_reply client_setinfo client_setname
    client_tracking client_tracking_off client_tracking_on client_trackinginfo client_unblock client_unpause
    close cluster cms command command_count command_docs command_getkeys command_getkeysandflags command_info
    command_list config_get config_resetstat config_rewrite config_set copy dbsize debug_object debug_segfault
    decr decrby delete delex digest digest_local dump echo eval eval_ro evalsha evalsha_ro execute_command
    exists expire expireat expiretime failover fcall fcall_ro flushall flushdb from_pool from_url ft
    function_delete function_dump function_flush function_kill function_list function_load function_restore
    function_stats geoadd geodist geohash geopos georadius georadiusbymember geosearch geosearchstore get
    get_cache get_connection_kwargs get_encoder get_retry getbit getdel getex getrange getset hdel hello hexists
    hexpire hexpireat hexpiretime hget hgetall hgetdel hgetex himport_discard himport_discard_all
    himport_discard_all_internal himport_discard_internal himport_prepare himport_prepare_internal
    himport_registry himport_set hincrby hincrbyfloat hkeys hlen hmget hmset hotkeys_get hotkeys_reset
    hotkeys_start hotkeys_stop hpersist hpexpire hpexpireat hpexpiretime hpttl hrandfield hscan hscan_iter hset
    hsetex hsetnx hstrlen httl hvals incr incrby incrbyfloat increx info json keys keyspace_notifications
    lastsave latency_doctor latency_graph latency_histogram latency_history latency_latest latency_reset lcs
    lindex linsert llen lmove lmovem lmpop load_external_module lock lolwut lpop lpos lpush lpushx lrange lrem
    lset ltrim memory_doctor memory_help memory_malloc_stats memory_purge memory_stats memory_usage mget migrate
    module_list module_load module_loadex module_unload monitor move mset msetex msetnx object parse_response
    persist pexpire pexpireat pexpiretime pfadd pfcount pfmerge ping pipeline psetex psync pttl publish pubsub
    pubsub_channels pubsub_numpat pubsub_numsub pubsub_shardchannels pubsub_shardnumsub quit randomkey readonly
    readwrite register_script rename renamenx replicaof reset restore role rpop rpoplpush rpush rpushx sadd save
    scan scan_iter scard script_debug script_exists script_flush script_kill script_load sdiff sdiffcard
    sdiffstore select sentinel sentinel_ckquorum sentinel_failover sentinel_flushconfig
    sentinel_get_master_addr_by_name sentinel_master sentinel_masters sentinel_monitor sentinel_remove
    sentinel_reset sentinel_sentinels sentinel_set sentinel_slaves set set_response_callback set_retry setbit
    setex setnx setrange shutdown sinter sintercard sinterstore sismember slaveof slowlog_get slowlog_len
    slowlog_reset smembers smismember smove sort sort_ro spop spublish srandmember srem sscan sscan_iter stralgo
    strlen substr sunion sunioncard sunionstore swapdb sync tdigest time topk touch transaction ts ttl type
    unlink unwatch vset wait waitaof watch xack xackdel xadd xautoclaim xcfgset xclaim xdel xdelex xgroup_create
    xgroup_createconsumer xgroup_delconsumer xgroup_destroy xgroup_setid xinfo_consumers xinfo_groups
    xinfo_stream xlen xnack xpending xpending_range xrange xread xreadgroup xrevrange xtrim zadd zcard zcount
    zdiff zdiffstore zincrby zinter zintercard zinterstore zlexcount zmpop zmscore zpopmax zpopmin zrandmember
    zrange zrangebylex zrangebyscore zrangestore zrank zrem zremrangebylex zremrangebyrank zremrangebyscore
    zrevrange zrevrangebylex zrevrangebyscore zrevrank zscan zscan_iter zscore zunion zunionstore
`);

/** What can be imported from `redis`. */
export const REDIS_NAMES = list(`
    AuthenticationError AuthenticationWrongNumberOfArgsError BlockingConnectionPool BusyLoadingError ChannelType
    ChildDeadlockedError ClusterKeyspaceNotifications Connection ConnectionError ConnectionPool
    CredentialProvider CrossSlotTransactionError DataError DriverInfo EventType InvalidPipelineStack
    InvalidResponse KeyNotification KeyeventChannel KeyspaceChannel KeyspaceNotifications
    KeyspaceNotificationsInterface KeyspaceWorkerThread MaxConnectionsError OutOfMemoryError PubSubError
    ReadOnlyError Redis RedisCluster RedisClusterException RedisError ResponseError SSLConnection Sentinel
    SentinelConnectionPool SentinelManagedConnection SentinelManagedSSLConnection StrictRedis SubkeyeventChannel
    SubkeyspaceChannel SubkeyspaceeventChannel SubkeyspaceitemChannel Subscription TimeoutError
    UnixDomainSocketConnection UsernamePasswordCredentialProvider VERSION WatchError _defaults _himport_exec
    _parsers asyncio auth backoff cache client cluster commands connection crc credentials default_backoff
    driver_info event exceptions from_url get_channel_type himport int_or_str keyspace_notifications lock
    maint_notifications observability retry sentinel typing utils
`);

/** What can be imported from `hotqueue`. */
export const HOTQUEUE_NAMES = list("HotQueue Redis key_for_name pickle wraps");

/** How a method of HotQueue may be called: how many arguments without a name, and which with one. */
export interface Signature {
  least: number;
  /** Infinity where there is no limit. */
  most: number;
  /** Null where any is taken. */
  keywords: readonly string[] | null;
}

/** From the source of hotqueue 0.2.8. `consume` and `worker` hand their keywords on to `get`. */
export const HOTQUEUE_METHODS: Readonly<Record<string, Signature>> = {
  put: { least: 0, most: Infinity, keywords: [] },
  get: { least: 0, most: 2, keywords: ["block", "timeout"] },
  consume: { least: 0, most: 0, keywords: ["block", "timeout"] },
  worker: { least: 0, most: 1, keywords: ["block", "timeout"] },
  clear: { least: 0, most: 0, keywords: [] },
};

/** Its attributes that are no methods. */
export const HOTQUEUE_ATTRIBUTES = list("name serializer key");
