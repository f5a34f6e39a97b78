package org.vcpuacct.diagnosis;

/**
 * Something that is likely to be behind a share of a network element's time.
 *
 * @param share the share that it is measured by, hundredths of a percent of the vCPUs' wall time
 * @param measured the figure, and what it stands for
 * @param lookAt the setting to look at, with its value where that can be read
 */
public record LikelyCause(int share, String measured, String lookAt) {}
