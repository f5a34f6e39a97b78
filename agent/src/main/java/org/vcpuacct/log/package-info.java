/** How the log is written: where to, in which format, and each cause once a minute. */
package org.vcpuacct.log;
