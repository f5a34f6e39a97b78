/**
 * The ledger: the catalogues of lines and exit classes, the accounts, and the snapshot that every
 * exporter reads.
 *
 * <p>Times are in nanoseconds throughout. What was not measured is absent, never zero.
 */
package org.vcpuacct.ledger;
