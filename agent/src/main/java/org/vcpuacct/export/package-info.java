/** What every exporter needs. */
package org.vcpuacct.export;
