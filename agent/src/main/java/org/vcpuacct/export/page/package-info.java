/**
 * The web page: files that are served as they are. What they show they ask of {@link
 * org.vcpuacct.export.api}.
 */
package org.vcpuacct.export.page;
