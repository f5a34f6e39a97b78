/**
 * What the guests say of their own load: {@link org.vcpuacct.guest.GuestLoads} asks each guest on a
 * thread of its own, and a {@link org.vcpuacct.guest.GuestReport} is always at hand without
 * waiting.
 *
 * <p>A guest is a stranger: it may answer slowly, too much, nonsense or not at all. Whatever it
 * does, it costs its own thread, a bounded answer, and nobody else anything.
 */
package org.vcpuacct.guest;
