/**
 * Trestle beside Mutiny, as in Quarkus.
 *
 * <p>Mutiny has no event loops of its own, but may be told which threads must not be blocked:
 * Quarkus does so, and {@code Infrastructure.setCanCallerThreadBeBlockedSupplier} is the way. Such
 * a thread is an event loop, and waiting on it is refused. In Quarkus it is one of Vert.x's, which
 * is found as that, with the way back to the Vert.x context of the request.
 *
 * <p>To any other there is no way back. A call made on it is delivered on Mutiny's default executor
 * instead: one task at a time for each such thread, and what runs there is an event loop too, but
 * not the thread that the call was made on. {@code completingOn(loop)} names the place.
 *
 * <p>{@link dev.trestle.bridge.mutiny.MutinyFutures} makes a stage of a {@code Uni} and a {@code
 * Uni} of a stage. A {@code Uni} made a stage there carries Trestle's context in Mutiny's: what is
 * called below it through {@code toUni} belongs to the same call and scope, on whichever thread it
 * is called.
 */
@NullMarked
package dev.trestle.bridge.mutiny;

import org.jspecify.annotations.NullMarked;
