/** Alarms: what they are raised for, when, and the log out of which they are sent. */
package org.vcpuacct.alarm;
