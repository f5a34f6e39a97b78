/** Microbenchmarks of the daemon on hosts that are replicated from recorded ones. */
package org.vcpuacct.benchmarks;
