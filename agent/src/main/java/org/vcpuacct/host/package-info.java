/**
 * Files of the host's /proc and /sys: where they are, and pure parsers named after the kernel file.
 *
 * <p>A parser takes text and does no reading. Text that the kernel would not print is a {@link
 * org.vcpuacct.host.MalformedProcFileException}, and nothing else ever comes out of a parser.
 */
package org.vcpuacct.host;
