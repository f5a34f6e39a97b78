/**
 * {@code vcpuacct top}: what the running daemon knows, live in a terminal.
 *
 * <p>{@link org.vcpuacct.cli.top.DocumentReader document} -> {@link org.vcpuacct.cli.top.Picture
 * figures} -> {@link org.vcpuacct.cli.top.Screen lines of text}, each a pure function of the one
 * before; {@link org.vcpuacct.cli.top.TopState} says what of it is shown, and the live loop alone
 * touches the terminal.
 */
package org.vcpuacct.cli.top;
