/**
 * The load-shedding input as call processing reads it: a file in memory, and streams of JSON lines
 * to processes of the host and to guests. Reads snapshots and nothing else.
 */
package org.vcpuacct.overload.feed;
