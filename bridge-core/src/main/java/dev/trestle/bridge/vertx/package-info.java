/**
 * Trestle in a service on Vert.x 5.
 *
 * <p>As soon as {@code io.vertx:vertx-core} is on the class path its event loops are recognised,
 * and what {@code ThreadSensitiveScope.around} and {@code Local} set is kept on Vert.x's own
 * context of the request, the <em>duplicated</em> one. So the handlers of Vert.x's futures, timers
 * and clients, which know nothing of Trestle, make their thread-sensitive calls on the thread of
 * their request's scope. Nothing is kept on a root context, which all requests share.
 *
 * <p>Thread-locals such as SLF4J's MDC are kept too, as they were at the end of the function given
 * to {@code around}. A handler of Vert.x does not see them itself, but what it calls through
 * Trestle does. In dependents of Trestle's own futures they are back, and {@link
 * dev.trestle.bridge.vertx.VertxFutures} makes one of Vert.x's.
 *
 * <p>A Vert.x request has one context, and so one scope at a time: a second {@code around} joins
 * the first while that is open, and should end before it does. Each tick of {@code setPeriodic} is
 * a request of its own to Vert.x, and knows nothing of the one that set it up.
 */
@NullMarked
package dev.trestle.bridge.vertx;

import org.jspecify.annotations.NullMarked;
