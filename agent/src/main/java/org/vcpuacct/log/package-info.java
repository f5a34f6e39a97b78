/** Lines of the log that would come again and again. */
package org.vcpuacct.log;
