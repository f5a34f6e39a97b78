/** Serves the figures over HTTP: one bounded server, and what it serves as a list of resources. */
package org.vcpuacct.export.http;
