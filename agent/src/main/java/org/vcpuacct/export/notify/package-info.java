/** Sends the notifications of the log to the targets, each in its order and its own time. */
package org.vcpuacct.export.notify;
