package org.vcpuacct.export.snmp;

import java.util.Optional;
import java.util.function.Function;
import org.snmp4j.smi.Variable;

/**
 * A column of a table, or a scalar.
 *
 * @param number the last component of its object identifier
 * @param variable makes the variable of a row; empty where it is absent
 */
record Column<R>(int number, Function<R, Optional<Variable>> variable) {}
