/**
 * Guava's {@code ListenableFuture} and Java's stages, each made of the other by {@link
 * dev.trestle.bridge.guava.GuavaFutures}.
 *
 * <p>Guava has no event loops, so there is nothing to recognise: its callbacks run on the executor
 * that is given with them, and know no context.
 */
@NullMarked
package dev.trestle.bridge.guava;

import org.jspecify.annotations.NullMarked;
