/*
 * snmp-client walk PEER NAME VARIABLES ROUNDS
 * snmp-client get PEER NAME SECONDS INSTANCE...
 *
 * A manager that times an agent from inside, so that neither the start of a process nor the reading of MIBs
 * is in a figure. SNMPv2c, community "public". Test code.
 *
 * walk  reads the first VARIABLES behind NAME by GETBULK, ROUNDS times, and prints a line for each walk:
 *       "NS CPU_NS REQUESTS", its time, the CPU time of this manager, and how many GETBULKs it took.
 * get   reads NAME.INSTANCE, one INSTANCE after another, every GET_INTERVAL_NS for SECONDS, and prints
 *       a line for each GET: the ns since it was due, so that an answer that is late is late for those that
 *       had to wait behind it, too.
 */
#include <net-snmp/net-snmp-config.h>
#include <net-snmp/net-snmp-includes.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MAX_REPETITIONS = 50, TIMEOUT_US = 5000000, GET_INTERVAL_NS = 2000000, NS_PER_S = 1000000000 };

static void fail(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fputs("snmp-client: ", stderr);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
  va_end(arguments);
  exit(1);
}

static int64_t clock_ns(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (int64_t)now.tv_sec * NS_PER_S + now.tv_nsec;
}

static void sleep_until(int64_t due_ns) {
  struct timespec due = {.tv_sec = due_ns / NS_PER_S, .tv_nsec = due_ns % NS_PER_S};
  clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL);
}

static long positive(const char *text) {
  char *end;
  long number = strtol(text, &end, 10);
  if (*end != '\0' || number <= 0) fail("%s is no positive whole number", text);
  return number;
}

static size_t parse(const char *text, oid *name) {
  size_t length = MAX_OID_LEN;
  if (!read_objid(text, name, &length)) fail("%s is no object identifier", text);
  return length;
}

static netsnmp_session *open_session(char *peer) {
  netsnmp_session settings;
  snmp_sess_init(&settings);
  settings.version = SNMP_VERSION_2c;
  settings.peername = peer;
  settings.community = (u_char *)"public";
  settings.community_len = strlen("public");
  settings.timeout = TIMEOUT_US;
  settings.retries = 0; /* a lost message is to end this, and not to pass for a slow one */
  netsnmp_session *session = snmp_open(&settings);
  if (session == NULL) fail("%s cannot be opened", peer);
  return session;
}

/* The answer to a request, for the caller to free; without an answer this ends. */
static netsnmp_pdu *ask(netsnmp_session *session, netsnmp_pdu *request) {
  netsnmp_pdu *answer = NULL;
  int status = snmp_synch_response(session, request, &answer);
  if (status != STAT_SUCCESS) fail("%s: no answer", session->peername);
  if (answer->errstat != SNMP_ERR_NOERROR) fail("%s: %s", session->peername, snmp_errstring(answer->errstat));
  return answer;
}

/* How many variables there are in an answer, each behind the one before; the last's name becomes "name". */
static long count_variables(const netsnmp_pdu *answer, oid *name, size_t *length) {
  long variables = 0;
  for (const netsnmp_variable_list *found = answer->variables; found != NULL; found = found->next_variable) {
    if (found->type == SNMP_ENDOFMIBVIEW) fail("the agent has fewer variables than that");
    if (snmp_oid_compare(name, *length, found->name, found->name_length) >= 0) fail("the names do not ascend");
    memcpy(name, found->name, found->name_length * sizeof *name);
    *length = found->name_length;
    variables++;
  }
  if (variables == 0) fail("an answer without variables");
  return variables;
}

static void walk(netsnmp_session *session, const char *from, long wanted) {
  oid name[MAX_OID_LEN];
  size_t length = parse(from, name);
  long requests = 0;
  int64_t began_ns = clock_ns(CLOCK_MONOTONIC), cpu_ns = clock_ns(CLOCK_PROCESS_CPUTIME_ID);
  for (long read = 0; read < wanted; requests++) {
    netsnmp_pdu *request = snmp_pdu_create(SNMP_MSG_GETBULK);
    request->non_repeaters = 0;
    request->max_repetitions = MAX_REPETITIONS;
    snmp_add_null_var(request, name, length);
    netsnmp_pdu *answer = ask(session, request);
    read += count_variables(answer, name, &length);
    snmp_free_pdu(answer);
  }
  printf("%lld %lld %ld\n", (long long)(clock_ns(CLOCK_MONOTONIC) - began_ns),
         (long long)(clock_ns(CLOCK_PROCESS_CPUTIME_ID) - cpu_ns), requests);
}

static void get(netsnmp_session *session, const oid *name, size_t length) {
  netsnmp_pdu *request = snmp_pdu_create(SNMP_MSG_GET);
  snmp_add_null_var(request, name, length);
  netsnmp_pdu *answer = ask(session, request);
  if (answer->variables->type == SNMP_NOSUCHINSTANCE) fail("there is no such instance");
  snmp_free_pdu(answer);
}

static void get_at_intervals(netsnmp_session *session, const char *column, long seconds, int instances,
                             char **instance) {
  int64_t due_ns = clock_ns(CLOCK_MONOTONIC), end_ns = due_ns + seconds * NS_PER_S;
  for (long i = 0; due_ns < end_ns; i++, due_ns += GET_INTERVAL_NS) {
    char text[256];
    oid name[MAX_OID_LEN];
    snprintf(text, sizeof text, "%s.%s", column, instance[i % instances]);
    size_t length = parse(text, name);
    sleep_until(due_ns);
    get(session, name, length);
    printf("%lld\n", (long long)(clock_ns(CLOCK_MONOTONIC) - due_ns));
  }
}

int main(int argc, char **argv) {
  setenv("MIBS", "", 1);
  netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID, NETSNMP_DS_LIB_DONT_READ_CONFIGS, 1);
  init_snmp("snmp-client");
  setvbuf(stdout, NULL, _IOLBF, 0); /* who ends it has all figures until then */
  if (argc == 6 && strcmp(argv[1], "walk") == 0) {
    long variables = positive(argv[4]), rounds = positive(argv[5]);
    netsnmp_session *session = open_session(argv[2]);
    for (long i = 0; i < rounds; i++) walk(session, argv[3], variables);
  } else if (argc >= 6 && strcmp(argv[1], "get") == 0) {
    get_at_intervals(open_session(argv[2]), argv[3], positive(argv[4]), argc - 5, argv + 5);
  } else {
    fail("walk PEER NAME VARIABLES ROUNDS, or get PEER NAME SECONDS INSTANCE...");
  }
  return 0;
}
