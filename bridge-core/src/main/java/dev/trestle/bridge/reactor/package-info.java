/**
 * Trestle in a service on Reactor, such as one of WebFlux.
 *
 * <p>As soon as {@code io.projectreactor:reactor-core} is on the class path, Reactor's non-blocking
 * threads are event loops: those of {@code parallel()}, {@code single()} and their like, and what
 * {@code Schedulers.registerNonBlockingThreadPredicate} adds. Waiting on one is refused. Threads of
 * {@code boundedElastic()} may block, and are no loops. A thread of reactor-netty is one of
 * Netty's, and is found as that.
 *
 * <p>Reactor knows no way back to a thread. Trestle has one to the threads of each scheduler that
 * was made after the first bridge call, or after {@link
 * dev.trestle.bridge.reactor.ReactorLoops#install}: a call made there is delivered on that very
 * thread. A call made on any other non-blocking thread is delivered on <em>another</em> one, of
 * {@code Schedulers.parallel()}: one task at a time, and what runs there is a loop too, but not the
 * thread that the call was made on. {@code completingOn(ReactorLoops.on(scheduler))} names the
 * place instead.
 *
 * <p>{@link dev.trestle.bridge.reactor.ReactorFutures} makes a stage of a {@code Mono} and a {@code
 * Mono} of a stage. A {@code Mono} made a stage there carries Trestle's context in Reactor's: what
 * is called below it through {@code toMono} belongs to the same call and scope, on whichever thread
 * it is called. In other operators only Reactor's own context is seen.
 *
 * <p>A {@code Scheduler} is no {@code Executor}, so {@code SyncToAsync.on(..)} gets a method
 * reference, which it cannot look into. {@code Schedulers.boundedElastic()::schedule} is fine. With
 * a scheduler of non-blocking threads, a body there is refused when it first waits.
 */
@NullMarked
package dev.trestle.bridge.reactor;

import org.jspecify.annotations.NullMarked;
