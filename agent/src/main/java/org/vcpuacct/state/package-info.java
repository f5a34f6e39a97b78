/** What must outlive the daemon: how its files are written. */
package org.vcpuacct.state;
