/**
 * Recognises Netty's event loops, so that {@code AsyncToSync} is refused on them, and what async
 * code gets from {@code SyncToAsync} is delivered on the loop that it called from.
 *
 * <p>There is nothing to call or to set up: it works as soon as {@code io.netty:netty-transport}
 * 4.2 is on the class path. Netty keeps no state for a request, so a callback of Netty's own knows
 * no context; wrap it with {@link dev.trestle.context.Context#wrap(Runnable)}.
 */
@NullMarked
package dev.trestle.bridge.netty;

import org.jspecify.annotations.NullMarked;
