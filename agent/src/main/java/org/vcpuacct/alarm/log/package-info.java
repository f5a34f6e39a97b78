/** The durable log of notifications, and what each target has still to be sent of it. */
package org.vcpuacct.alarm.log;
