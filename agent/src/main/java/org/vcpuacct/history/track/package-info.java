/** Series of whole numbers in few octets, whatever they count. */
package org.vcpuacct.history.track;
