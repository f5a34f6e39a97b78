/** What happened: the accounts of the last hour, and of the minutes around each alarm. */
package org.vcpuacct.history;
