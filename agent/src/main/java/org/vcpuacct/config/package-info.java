/**
 * The configuration: records whose every value has been checked once, when the file was read.
 *
 * <p>What is wrong with a file is said with its name, the line and the key.
 */
package org.vcpuacct.config;
