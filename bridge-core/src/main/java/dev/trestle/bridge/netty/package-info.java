/** Bridges to and from Netty; needs {@code io.netty:netty-transport}. */
@NullMarked
package dev.trestle.bridge.netty;

import org.jspecify.annotations.NullMarked;
