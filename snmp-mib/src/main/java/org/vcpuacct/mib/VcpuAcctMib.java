package org.vcpuacct.mib;

/**
 * The object identifiers of VCPU-ACCT-MIB, in dotted decimal.
 *
 * <p>Each constant is named after its object: {@code VA_VM_NAME} is vaVmName. Columns and scalars
 * are without their index. The MIB says what each object means; a test compares the two. The
 * columns of the catalogues (lines, KVM statistics) have a base here and a number there.
 */
public final class VcpuAcctMib {

  /** The name of the MIB module. */
  public static final String MODULE = "VCPU-ACCT-MIB";

  /** systemStats of UCD-SNMP-MIB, in which the module stands. */
  public static final String SYSTEM_STATS = "1.3.6.1.4.1.2021.11";

  public static final String VCPU_ACCT_MIB = SYSTEM_STATS + ".200";

  // vaAgent

  public static final String VA_AGENT = VCPU_ACCT_MIB + ".1";
  public static final String VA_AGENT_VERSION = VA_AGENT + ".1";
  public static final String VA_AGENT_TIER = VA_AGENT + ".2";
  public static final String VA_AGENT_VMS = VA_AGENT + ".3";
  public static final String VA_AGENT_VCPUS = VA_AGENT + ".4";
  public static final String VA_AGENT_SNAPSHOT_TIME = VA_AGENT + ".5";
  public static final String VA_AGENT_SNAPSHOT_DATE = VA_AGENT + ".6";
  public static final String VA_AGENT_DISCONTINUITY_TIME = VA_AGENT + ".7";
  public static final String VA_AGENT_STEPS = VA_AGENT + ".8";
  public static final String VA_AGENT_STEP_LATENESS_MICROSECONDS = VA_AGENT + ".9";
  public static final String VA_AGENT_STEP_COST_MICROSECONDS = VA_AGENT + ".10";
  public static final String VA_AGENT_SCAN_COST_MICROSECONDS = VA_AGENT + ".11";
  public static final String VA_AGENT_LIMITS = VA_AGENT + ".12";
  public static final String VA_AGENT_ERROR_FLAG = VA_AGENT + ".100";
  public static final String VA_AGENT_ERROR_MESSAGE = VA_AGENT + ".101";

  // vaVmTable

  public static final String VA_VM_TABLE = VCPU_ACCT_MIB + ".2";
  public static final String VA_VM_ENTRY = VA_VM_TABLE + ".1";
  public static final String VA_VM_INDEX = VA_VM_ENTRY + ".1";
  public static final String VA_VM_NAME = VA_VM_ENTRY + ".2";
  public static final String VA_VM_UUID = VA_VM_ENTRY + ".3";
  public static final String VA_VM_VMM = VA_VM_ENTRY + ".4";
  public static final String VA_VM_PROCESS_ID = VA_VM_ENTRY + ".5";
  public static final String VA_VM_VCPUS = VA_VM_ENTRY + ".6";
  public static final String VA_VM_VCPUS_WITHOUT_THREAD = VA_VM_ENTRY + ".7";
  public static final String VA_VM_DISCONTINUITY_TIME = VA_VM_ENTRY + ".8";
  public static final String VA_VM_TIER = VA_VM_ENTRY + ".9";
  public static final String VA_VM_CPU_NS = VA_VM_ENTRY + ".10";
  public static final String VA_VM_WAIT_NS = VA_VM_ENTRY + ".11";
  public static final String VA_VM_EXITS = VA_VM_ENTRY + ".12";

  /** Column of a statistic of KVM's own: this plus the number of the statistic. */
  public static final int VA_VM_KVM_BASE = 20;

  // vaVcpuTable

  public static final String VA_VCPU_TABLE = VCPU_ACCT_MIB + ".3";
  public static final String VA_VCPU_ENTRY = VA_VCPU_TABLE + ".1";
  public static final String VA_VCPU_INDEX = VA_VCPU_ENTRY + ".1";
  public static final String VA_VCPU_NUMBER = VA_VCPU_ENTRY + ".2";
  public static final String VA_VCPU_THREAD_ID = VA_VCPU_ENTRY + ".3";
  public static final String VA_VCPU_THREAD_EVIDENCE = VA_VCPU_ENTRY + ".4";
  public static final String VA_VCPU_TIER = VA_VCPU_ENTRY + ".5";
  public static final String VA_VCPU_DISCONTINUITY_TIME = VA_VCPU_ENTRY + ".6";
  public static final String VA_VCPU_LAST_PCPU = VA_VCPU_ENTRY + ".7";
  public static final String VA_VCPU_CPU_NS = VA_VCPU_ENTRY + ".8";
  public static final String VA_VCPU_WAIT_NS = VA_VCPU_ENTRY + ".9";
  public static final String VA_VCPU_WALL_NS = VA_VCPU_ENTRY + ".10";
  public static final String VA_VCPU_EXITS = VA_VCPU_ENTRY + ".11";

  /** Column of the time on a line: this plus the number of the line. */
  public static final int VA_VCPU_LINE_BASE = 20;

  public static final String VA_VCPU_GUEST_ENTRIES = VA_VCPU_ENTRY + ".101";
  public static final String VA_VCPU_USERSPACE_EXITS = VA_VCPU_ENTRY + ".102";
  public static final String VA_VCPU_GUEST_USER_EXITS = VA_VCPU_ENTRY + ".103";
  public static final String VA_VCPU_GUEST_KERNEL_EXITS = VA_VCPU_ENTRY + ".104";
  public static final String VA_VCPU_PCPU_MIGRATIONS = VA_VCPU_ENTRY + ".105";
  public static final String VA_VCPU_NODE_MIGRATIONS = VA_VCPU_ENTRY + ".106";
  public static final String VA_VCPU_LAST_NODE = VA_VCPU_ENTRY + ".107";
  public static final String VA_VCPU_MAX_LATENCY_NS = VA_VCPU_ENTRY + ".108";
  public static final String VA_VCPU_LAST_OTHER_EXIT_CODE = VA_VCPU_ENTRY + ".109";
  public static final String VA_VCPU_GUEST_DISCONTINUITY_TIME = VA_VCPU_ENTRY + ".111";
  public static final String VA_VCPU_GUEST_USER_NS = VA_VCPU_ENTRY + ".112";
  public static final String VA_VCPU_GUEST_NICE_NS = VA_VCPU_ENTRY + ".113";
  public static final String VA_VCPU_GUEST_SYSTEM_NS = VA_VCPU_ENTRY + ".114";
  public static final String VA_VCPU_GUEST_IDLE_NS = VA_VCPU_ENTRY + ".115";
  public static final String VA_VCPU_GUEST_IOWAIT_NS = VA_VCPU_ENTRY + ".116";
  public static final String VA_VCPU_GUEST_IRQ_NS = VA_VCPU_ENTRY + ".117";
  public static final String VA_VCPU_GUEST_SOFTIRQ_NS = VA_VCPU_ENTRY + ".118";
  public static final String VA_VCPU_GUEST_STEAL_NS = VA_VCPU_ENTRY + ".119";
  public static final String VA_VCPU_GUEST_BUSY = VA_VCPU_ENTRY + ".121";
  public static final String VA_VCPU_GUEST_IDLE = VA_VCPU_ENTRY + ".122";
  public static final String VA_VCPU_GUEST_STEAL = VA_VCPU_ENTRY + ".123";
  public static final String VA_VCPU_HIDDEN = VA_VCPU_ENTRY + ".124";
  public static final String VA_VCPU_UNTOLD_CONTENTION = VA_VCPU_ENTRY + ".125";

  // vaVcpuShareTable

  public static final String VA_VCPU_SHARE_TABLE = VCPU_ACCT_MIB + ".4";
  public static final String VA_VCPU_SHARE_ENTRY = VA_VCPU_SHARE_TABLE + ".1";
  public static final String VA_VCPU_SHARE_CPU_LAST = VA_VCPU_SHARE_ENTRY + ".1";
  public static final String VA_VCPU_SHARE_CPU_1_MIN = VA_VCPU_SHARE_ENTRY + ".2";
  public static final String VA_VCPU_SHARE_CPU_5_MIN = VA_VCPU_SHARE_ENTRY + ".3";
  public static final String VA_VCPU_SHARE_WAIT_LAST = VA_VCPU_SHARE_ENTRY + ".4";
  public static final String VA_VCPU_SHARE_WAIT_1_MIN = VA_VCPU_SHARE_ENTRY + ".5";
  public static final String VA_VCPU_SHARE_WAIT_5_MIN = VA_VCPU_SHARE_ENTRY + ".6";
  public static final String VA_VCPU_SHARE_EXITS_PER_SECOND_LAST = VA_VCPU_SHARE_ENTRY + ".7";
  public static final String VA_VCPU_SHARE_EXITS_PER_SECOND_1_MIN = VA_VCPU_SHARE_ENTRY + ".8";
  public static final String VA_VCPU_SHARE_EXITS_PER_SECOND_5_MIN = VA_VCPU_SHARE_ENTRY + ".9";
  public static final String VA_VCPU_SHARE_LATENCY_P50_NS_LAST = VA_VCPU_SHARE_ENTRY + ".10";
  public static final String VA_VCPU_SHARE_LATENCY_P50_NS_1_MIN = VA_VCPU_SHARE_ENTRY + ".11";
  public static final String VA_VCPU_SHARE_LATENCY_P50_NS_5_MIN = VA_VCPU_SHARE_ENTRY + ".12";
  public static final String VA_VCPU_SHARE_LATENCY_P99_NS_LAST = VA_VCPU_SHARE_ENTRY + ".13";
  public static final String VA_VCPU_SHARE_LATENCY_P99_NS_1_MIN = VA_VCPU_SHARE_ENTRY + ".14";
  public static final String VA_VCPU_SHARE_LATENCY_P99_NS_5_MIN = VA_VCPU_SHARE_ENTRY + ".15";

  /** Column of a line's share of the last interval: this plus the number of the line. */
  public static final int VA_VCPU_SHARE_LINE_LAST_BASE = 20;

  /** Column of a line's share of the last minute: this plus the number of the line. */
  public static final int VA_VCPU_SHARE_LINE_1_MIN_BASE = 60;

  /** Column of a line's share of the last five minutes: this plus the number of the line. */
  public static final int VA_VCPU_SHARE_LINE_5_MIN_BASE = 100;

  // vaExitTable

  public static final String VA_EXIT_TABLE = VCPU_ACCT_MIB + ".5";
  public static final String VA_EXIT_ENTRY = VA_EXIT_TABLE + ".1";
  public static final String VA_EXIT_CLASS = VA_EXIT_ENTRY + ".1";
  public static final String VA_EXIT_NAME = VA_EXIT_ENTRY + ".2";
  public static final String VA_EXIT_COUNT = VA_EXIT_ENTRY + ".3";
  public static final String VA_EXIT_PER_SECOND_LAST = VA_EXIT_ENTRY + ".4";
  public static final String VA_EXIT_PER_SECOND_1_MIN = VA_EXIT_ENTRY + ".5";
  public static final String VA_EXIT_PER_SECOND_5_MIN = VA_EXIT_ENTRY + ".6";
  public static final String VA_EXIT_NS = VA_EXIT_ENTRY + ".7";
  public static final String VA_EXIT_SHARE_LAST = VA_EXIT_ENTRY + ".8";
  public static final String VA_EXIT_SHARE_1_MIN = VA_EXIT_ENTRY + ".9";
  public static final String VA_EXIT_SHARE_5_MIN = VA_EXIT_ENTRY + ".10";
  public static final String VA_EXIT_P50_NS_1_MIN = VA_EXIT_ENTRY + ".11";
  public static final String VA_EXIT_P99_NS_1_MIN = VA_EXIT_ENTRY + ".12";

  // vaNeTable

  public static final String VA_NE_TABLE = VCPU_ACCT_MIB + ".6";
  public static final String VA_NE_ENTRY = VA_NE_TABLE + ".1";
  public static final String VA_NE_INDEX = VA_NE_ENTRY + ".1";
  public static final String VA_NE_NAME = VA_NE_ENTRY + ".2";
  public static final String VA_NE_VMS = VA_NE_ENTRY + ".3";
  public static final String VA_NE_VCPUS = VA_NE_ENTRY + ".4";
  public static final String VA_NE_TIER = VA_NE_ENTRY + ".5";
  public static final String VA_NE_DISCONTINUITY_TIME = VA_NE_ENTRY + ".6";
  public static final String VA_NE_WALL_NS = VA_NE_ENTRY + ".7";
  public static final String VA_NE_USEFUL_NS = VA_NE_ENTRY + ".8";
  public static final String VA_NE_OVERHEAD_NS = VA_NE_ENTRY + ".9";
  public static final String VA_NE_IDLE_NS = VA_NE_ENTRY + ".10";
  public static final String VA_NE_CONTENTION_NS = VA_NE_ENTRY + ".11";
  public static final String VA_NE_UNKNOWN_NS = VA_NE_ENTRY + ".12";
  public static final String VA_NE_THREAD_CPU_NS = VA_NE_ENTRY + ".13";
  public static final String VA_NE_LOAD_LAST = VA_NE_ENTRY + ".21";
  public static final String VA_NE_USEFUL_LAST = VA_NE_ENTRY + ".22";
  public static final String VA_NE_OVERHEAD_LAST = VA_NE_ENTRY + ".23";
  public static final String VA_NE_IDLE_LAST = VA_NE_ENTRY + ".24";
  public static final String VA_NE_CONTENTION_LAST = VA_NE_ENTRY + ".25";
  public static final String VA_NE_UNKNOWN_LAST = VA_NE_ENTRY + ".26";
  public static final String VA_NE_THREAD_LAST = VA_NE_ENTRY + ".27";
  public static final String VA_NE_CAUSE_LAST = VA_NE_ENTRY + ".28";
  public static final String VA_NE_CONTRIBUTORS_LAST = VA_NE_ENTRY + ".29";
  public static final String VA_NE_LOAD_1_MIN = VA_NE_ENTRY + ".41";
  public static final String VA_NE_USEFUL_1_MIN = VA_NE_ENTRY + ".42";
  public static final String VA_NE_OVERHEAD_1_MIN = VA_NE_ENTRY + ".43";
  public static final String VA_NE_IDLE_1_MIN = VA_NE_ENTRY + ".44";
  public static final String VA_NE_CONTENTION_1_MIN = VA_NE_ENTRY + ".45";
  public static final String VA_NE_UNKNOWN_1_MIN = VA_NE_ENTRY + ".46";
  public static final String VA_NE_THREAD_1_MIN = VA_NE_ENTRY + ".47";
  public static final String VA_NE_CAUSE_1_MIN = VA_NE_ENTRY + ".48";
  public static final String VA_NE_CONTRIBUTORS_1_MIN = VA_NE_ENTRY + ".49";
  public static final String VA_NE_LOAD_5_MIN = VA_NE_ENTRY + ".61";
  public static final String VA_NE_USEFUL_5_MIN = VA_NE_ENTRY + ".62";
  public static final String VA_NE_OVERHEAD_5_MIN = VA_NE_ENTRY + ".63";
  public static final String VA_NE_IDLE_5_MIN = VA_NE_ENTRY + ".64";
  public static final String VA_NE_CONTENTION_5_MIN = VA_NE_ENTRY + ".65";
  public static final String VA_NE_UNKNOWN_5_MIN = VA_NE_ENTRY + ".66";
  public static final String VA_NE_THREAD_5_MIN = VA_NE_ENTRY + ".67";
  public static final String VA_NE_CAUSE_5_MIN = VA_NE_ENTRY + ".68";
  public static final String VA_NE_CONTRIBUTORS_5_MIN = VA_NE_ENTRY + ".69";
  public static final String VA_NE_GUEST_STATE = VA_NE_ENTRY + ".81";
  public static final String VA_NE_GUEST_AGE_MILLISECONDS = VA_NE_ENTRY + ".82";
  public static final String VA_NE_GUEST_BUSY = VA_NE_ENTRY + ".83";
  public static final String VA_NE_GUEST_IDLE = VA_NE_ENTRY + ".84";
  public static final String VA_NE_GUEST_STEAL = VA_NE_ENTRY + ".85";
  public static final String VA_NE_GUEST_HOST_USEFUL = VA_NE_ENTRY + ".86";
  public static final String VA_NE_GUEST_HOST_CONTENTION = VA_NE_ENTRY + ".87";
  public static final String VA_NE_HIDDEN = VA_NE_ENTRY + ".88";
  public static final String VA_NE_UNTOLD_CONTENTION = VA_NE_ENTRY + ".89";
  public static final String VA_NE_GUEST_LOAD_1_MIN = VA_NE_ENTRY + ".90";
  public static final String VA_NE_GUEST_LOAD_5_MIN = VA_NE_ENTRY + ".91";
  public static final String VA_NE_GUEST_LOAD_15_MIN = VA_NE_ENTRY + ".92";
  public static final String VA_NE_ERROR_FLAG = VA_NE_ENTRY + ".100";
  public static final String VA_NE_ERROR_MESSAGE = VA_NE_ENTRY + ".101";
  public static final String VA_NE_OVERLOAD_SEQUENCE = VA_NE_ENTRY + ".111";
  public static final String VA_NE_OVERLOAD_VALIDITY = VA_NE_ENTRY + ".112";
  public static final String VA_NE_OVERLOAD_LOAD = VA_NE_ENTRY + ".113";
  public static final String VA_NE_OVERLOAD_REDUCTION = VA_NE_ENTRY + ".114";
  public static final String VA_NE_OVERLOAD_LEVEL = VA_NE_ENTRY + ".115";
  public static final String VA_NE_OVERLOAD_CAUSE = VA_NE_ENTRY + ".116";
  public static final String VA_NE_OVERLOAD_ALGORITHM = VA_NE_ENTRY + ".117";

  // vaThreadTable

  public static final String VA_THREAD_TABLE = VCPU_ACCT_MIB + ".7";
  public static final String VA_THREAD_ENTRY = VA_THREAD_TABLE + ".1";
  public static final String VA_THREAD_INDEX = VA_THREAD_ENTRY + ".1";
  public static final String VA_THREAD_NAME = VA_THREAD_ENTRY + ".2";
  public static final String VA_THREAD_KIND = VA_THREAD_ENTRY + ".3";
  public static final String VA_THREAD_DISCONTINUITY_TIME = VA_THREAD_ENTRY + ".4";
  public static final String VA_THREAD_CPU_NS = VA_THREAD_ENTRY + ".5";
  public static final String VA_THREAD_WAIT_NS = VA_THREAD_ENTRY + ".6";
  public static final String VA_THREAD_CPU_LAST = VA_THREAD_ENTRY + ".7";
  public static final String VA_THREAD_CPU_1_MIN = VA_THREAD_ENTRY + ".8";
  public static final String VA_THREAD_CPU_5_MIN = VA_THREAD_ENTRY + ".9";

  // vaLimitTable

  public static final String VA_LIMIT_TABLE = VCPU_ACCT_MIB + ".9";
  public static final String VA_LIMIT_ENTRY = VA_LIMIT_TABLE + ".1";
  public static final String VA_LIMIT_INDEX = VA_LIMIT_ENTRY + ".1";
  public static final String VA_LIMIT_WHAT = VA_LIMIT_ENTRY + ".2";
  public static final String VA_LIMIT_CONSEQUENCE = VA_LIMIT_ENTRY + ".3";
  public static final String VA_LIMIT_MEND = VA_LIMIT_ENTRY + ".4";

  // vaExitDurationTable

  public static final String VA_EXIT_DURATION_TABLE = VCPU_ACCT_MIB + ".10";
  public static final String VA_EXIT_DURATION_ENTRY = VA_EXIT_DURATION_TABLE + ".1";
  public static final String VA_EXIT_DURATION_BUCKET = VA_EXIT_DURATION_ENTRY + ".1";
  public static final String VA_EXIT_DURATION_COUNT = VA_EXIT_DURATION_ENTRY + ".2";

  // vaLatencyTable

  public static final String VA_LATENCY_TABLE = VCPU_ACCT_MIB + ".11";
  public static final String VA_LATENCY_ENTRY = VA_LATENCY_TABLE + ".1";
  public static final String VA_LATENCY_BUCKET = VA_LATENCY_ENTRY + ".1";
  public static final String VA_LATENCY_COUNT = VA_LATENCY_ENTRY + ".2";

  // vaAlarmTable

  public static final String VA_ALARM_TABLE = VCPU_ACCT_MIB + ".8";
  public static final String VA_ALARM_ENTRY = VA_ALARM_TABLE + ".1";
  public static final String VA_ALARM_NUMBER = VA_ALARM_ENTRY + ".1";
  public static final String VA_ALARM_STATE = VA_ALARM_ENTRY + ".2";
  public static final String VA_ALARM_SEQUENCE = VA_ALARM_ENTRY + ".3";
  public static final String VA_ALARM_RAISED_SEQUENCE = VA_ALARM_ENTRY + ".4";
  public static final String VA_ALARM_CONDITION = VA_ALARM_ENTRY + ".5";
  public static final String VA_ALARM_SEVERITY = VA_ALARM_ENTRY + ".6";
  public static final String VA_ALARM_NE_INDEX = VA_ALARM_ENTRY + ".7";
  public static final String VA_ALARM_NE_NAME = VA_ALARM_ENTRY + ".8";
  public static final String VA_ALARM_VM_INDEX = VA_ALARM_ENTRY + ".9";
  public static final String VA_ALARM_VM_NAME = VA_ALARM_ENTRY + ".10";
  public static final String VA_ALARM_VCPU_INDEX = VA_ALARM_ENTRY + ".11";
  public static final String VA_ALARM_EXIT_CLASS = VA_ALARM_ENTRY + ".12";
  public static final String VA_ALARM_VALUE = VA_ALARM_ENTRY + ".13";
  public static final String VA_ALARM_THRESHOLD = VA_ALARM_ENTRY + ".14";
  public static final String VA_ALARM_UNIT = VA_ALARM_ENTRY + ".15";
  public static final String VA_ALARM_CAUSE = VA_ALARM_ENTRY + ".16";
  public static final String VA_ALARM_CONTRIBUTORS = VA_ALARM_ENTRY + ".17";
  public static final String VA_ALARM_MESSAGE = VA_ALARM_ENTRY + ".18";
  public static final String VA_ALARM_HELD_BACK = VA_ALARM_ENTRY + ".19";
  public static final String VA_ALARM_RAISED_DATE = VA_ALARM_ENTRY + ".20";
  public static final String VA_ALARM_CHANGED_DATE = VA_ALARM_ENTRY + ".21";

  // Notifications

  public static final String VA_NOTIFICATIONS = VCPU_ACCT_MIB + ".0";

  /** That an alarm was raised for the condition with this number. */
  public static String raised(int condition) {
    return VA_NOTIFICATIONS + "." + (2 * condition - 1);
  }

  /** That an alarm was cleared that was raised for the condition with this number. */
  public static String cleared(int condition) {
    return VA_NOTIFICATIONS + "." + 2 * condition;
  }

  private VcpuAcctMib() {}
}
