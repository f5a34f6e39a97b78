package org.vcpuacct.vm;

import org.vcpuacct.host.HostFiles;
import org.vcpuacct.host.HostRoot;

/** What a scan reads the host with. */
record HostAccess(HostRoot root, HostFiles files, KvmDebugFs debugFs, SameFile sameFile) {}
