/** The load-shedding input: how much new traffic a network element is to turn away, and why. */
package org.vcpuacct.overload;
