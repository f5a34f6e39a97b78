/** Exposes a snapshot as text for Prometheus, and for whatever reads OpenMetrics. */
package org.vcpuacct.export.metrics;
