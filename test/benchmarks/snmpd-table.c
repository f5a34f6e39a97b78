/*
 * snmpd-table: a table in C for net-snmp's snmpd, by net-snmp's own helper for tables held in memory
 * (table_tdata.h). Test code; built as a shared object, and loaded by "dlmod vcpuTable FILE".
 *
 * It stands where vaVcpuTable does, is indexed as that is, and has COLUMNS columns from the second on. What
 * is in it is read once, from the file that the environment variable SNMPD_TABLE names: for each cell a line
 * "VM VCPU COLUMN TYPE VALUE", the cells of a row together, COLUMN from 1 to COLUMNS, TYPE its tag in ASN.1.
 */
#include <net-snmp/net-snmp-config.h>
#include <net-snmp/net-snmp-includes.h>
#include <net-snmp/agent/net-snmp-agent-includes.h>
#include <stdio.h>
#include <stdlib.h>

enum { COLUMNS = 20, FIRST_COLUMN = 2 };

struct cell {
  int type;
  unsigned long long value;
};

struct row {
  struct cell cells[COLUMNS];
};

static const oid VCPU_TABLE[] = {1, 3, 6, 1, 4, 1, 2021, 11, 200, 3};

static void fail(const char *text) {
  snmp_log(LOG_ERR, "snmpd-table: %s\n", text);
  exit(1);
}

static void answer(netsnmp_variable_list *variable, const struct cell *cell) {
  if (cell->type == ASN_COUNTER64) {
    struct counter64 counter = {.high = cell->value >> 32, .low = cell->value & 0xffffffff};
    snmp_set_var_typed_value(variable, ASN_COUNTER64, &counter, sizeof counter);
  } else {
    snmp_set_var_typed_integer(variable, cell->type, (long)cell->value);
  }
}

/* The helper has found the row, for a GETNEXT too, and lets no SET come here. */
static int handle(netsnmp_mib_handler *handler, netsnmp_handler_registration *registration,
                  netsnmp_agent_request_info *info, netsnmp_request_info *requests) {
  (void)handler, (void)registration;
  for (netsnmp_request_info *request = requests; request != NULL; request = request->next) {
    if (request->processed) continue;
    const struct row *row = netsnmp_tdata_extract_entry(request);
    if (row == NULL) {
      netsnmp_set_request_error(info, request, SNMP_NOSUCHINSTANCE);
    } else {
      answer(request->requestvb, &row->cells[netsnmp_extract_table_info(request)->colnum - FIRST_COLUMN]);
    }
  }
  return SNMP_ERR_NOERROR;
}

static struct row *add_row(netsnmp_tdata *table, int vm, int vcpu) {
  struct row *row = calloc(1, sizeof *row);
  netsnmp_tdata_row *indexed = netsnmp_tdata_create_row();
  netsnmp_tdata_row_add_index(indexed, ASN_INTEGER, &vm, sizeof vm);
  netsnmp_tdata_row_add_index(indexed, ASN_INTEGER, &vcpu, sizeof vcpu);
  indexed->data = row;
  netsnmp_tdata_add_row(table, indexed);
  return row;
}

static void add_rows(netsnmp_tdata *table) {
  const char *path = getenv("SNMPD_TABLE");
  FILE *file = path == NULL ? NULL : fopen(path, "r");
  if (file == NULL) fail("SNMPD_TABLE names no file that can be read");
  struct row *row = NULL;
  struct cell cell;
  int vm, vcpu, column, last_vm = 0, last_vcpu = 0;
  while (fscanf(file, "%d %d %d %d %llu", &vm, &vcpu, &column, &cell.type, &cell.value) == 5) {
    if (column < 1 || column > COLUMNS) fail("SNMPD_TABLE has a column that is none");
    if (row == NULL || vm != last_vm || vcpu != last_vcpu) row = add_row(table, vm, vcpu);
    row->cells[column - 1] = cell;
    last_vm = vm;
    last_vcpu = vcpu;
  }
  fclose(file);
}

/* Called by snmpd when it loads the module. */
void init_vcpuTable(void) {
  netsnmp_tdata *table = netsnmp_tdata_create_table("vcpuTable", 0);
  netsnmp_tdata_add_index(table, ASN_INTEGER);
  netsnmp_tdata_add_index(table, ASN_INTEGER);
  add_rows(table);
  netsnmp_table_registration_info *columns = SNMP_MALLOC_TYPEDEF(netsnmp_table_registration_info);
  netsnmp_table_helper_add_indexes(columns, ASN_INTEGER, ASN_INTEGER, 0);
  columns->min_column = FIRST_COLUMN;
  columns->max_column = FIRST_COLUMN + COLUMNS - 1;
  netsnmp_handler_registration *registration = netsnmp_create_handler_registration(
      "vcpuTable", handle, VCPU_TABLE, OID_LENGTH(VCPU_TABLE), HANDLER_CAN_RONLY);
  netsnmp_tdata_register(registration, table, columns);
}
