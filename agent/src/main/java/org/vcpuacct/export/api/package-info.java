/** The figures as JSON: what the page, the command line and scripts read. See docs/http.md. */
package org.vcpuacct.export.api;
