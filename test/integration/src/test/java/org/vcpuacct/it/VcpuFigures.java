package org.vcpuacct.it;

/**
 * Times of a vCPU since its account was opened, or of a span of time.
 *
 * @param wallNs wall time, ns
 * @param cpuNs CPU time, ns
 * @param waitNs time runnable and not running, ns
 */
record VcpuFigures(long wallNs, long cpuNs, long waitNs) {

  /** What was added since an earlier reading. */
  VcpuFigures since(VcpuFigures earlier) {
    return new VcpuFigures(wallNs - earlier.wallNs, cpuNs - earlier.cpuNs, waitNs - earlier.waitNs);
  }

  /** CPU time in percent of a span of wall time. */
  double cpuPercentOf(long spanNs) {
    return 100.0 * cpuNs / spanNs;
  }

  /** Wait in percent of a span of wall time. */
  double waitPercentOf(long spanNs) {
    return 100.0 * waitNs / spanNs;
  }
}
